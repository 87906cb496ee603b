import { foldedColumns } from './folded-columns.ts';
import type { Invariant } from './invariant.ts';
import { relations } from './relations.ts';
import { replays } from './replay.ts';

/** Everything that is true of every database, for `muniment doctor` and for whoever tries to break one. */
export const invariants: readonly Invariant[] = [...relations, foldedColumns, ...replays];
