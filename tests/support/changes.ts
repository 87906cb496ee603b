import type { Database } from '../../src/storage/database.ts';
import { findChanges, type RecordedChange } from '../../src/storage/changes/change-lists.ts';

/** The changes of these objects in the order of the record. */
export function changesOf(database: Database, ...ids: readonly string[]): Promise<RecordedChange[]> {
  return findChanges(database.scan, {
    condition: { kind: 'test', field: 'objectId', operator: 'in', values: ids },
    sorts: [{ field: 'number', descending: false }],
    offset: 0,
    limit: 10_000,
    after: undefined,
    count: false,
  });
}
