import type { ChangeOrigin } from '../../storage/changes/changes.ts';

/** Who and what causes a change: it goes into every change record. */
export type ChangeContext = ChangeOrigin;

/** Under which conditions a change is made, and by whom. */
export interface ChangeOptions {
  /** The version the caller knows, if any. */
  readonly ifMatch: number | undefined;
  readonly context: ChangeContext;
}
