import { governanceGroupTable } from '../governance-groups/governance-groups.ts';
import { segmentTable } from '../segments/segments.ts';

/**
 * All tables declared with `recordTable`. The change record, the invariants and the deletion of identities use this
 * list. A guard test fails if a table is missing.
 */
export const recordTables = [segmentTable, governanceGroupTable] as const;
