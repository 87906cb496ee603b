import { foldedColumns } from './folded-columns.ts';
import { assignedMetadata } from './assigned-metadata.ts';
import { approverGroups } from './approver-groups.ts';
import type { Invariant } from './invariant.ts';
import { relations } from './relations.ts';
import { replays } from './replay.ts';
import { segmentAssignments } from './segment-assignments.ts';

/** All invariants, for `muniment doctor` and the crash harness. */
export const invariants: readonly Invariant[] = [
  ...relations,
  foldedColumns,
  assignedMetadata,
  approverGroups,
  segmentAssignments,
  ...replays,
];
