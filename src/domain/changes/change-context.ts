import type { ChangeOrigin } from '../../storage/changes/changes.ts';

/** The origin of a change, stored in every change record. */
export type ChangeContext = ChangeOrigin;

/** The precondition and the origin of a change. */
export interface ChangeOptions {
  /** The version that the caller expects, if any. */
  readonly ifMatch: number | undefined;
  readonly context: ChangeContext;
}
