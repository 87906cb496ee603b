/** Who and what causes a change: it goes into every change record. */
export type { ChangeOrigin as ChangeContext } from '../../storage/changes/changes.ts';
