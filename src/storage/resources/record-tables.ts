import { segmentTable } from '../segments/segments.ts';

/**
 * Every table that `recordTable` declares. The change record, the invariants and the deletion of identities go through
 * this list; a guard test finds a table that is missing here.
 */
export const recordTables = [segmentTable] as const;
