import { setImmediate as nextTick } from 'node:timers/promises';
import { badRequestContent } from '../../errors.ts';
import type { ChangedObject } from '../../storage/changes/changes.ts';
import type { Transaction } from '../../storage/database.ts';
import { type ColumnKinds, identityFields, type RecordTable } from '../../storage/resources/record-table.ts';
import { lockReferrers } from '../../storage/resources/records.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { storeRecord } from './resource.ts';

/** How many records are changed before other requests are served: some ten milliseconds of work. */
const batch = 50;

/**
 * Removes the references of all objects in these tables to an identity that is being deleted.
 * @throws 400 naming an object whose reference is required
 */
export async function releaseReferences(
  transaction: Transaction,
  tables: readonly RecordTable<ColumnKinds, ChangedObject>[],
  identityId: string,
  context: ChangeContext,
  now: number,
): Promise<void> {
  for (const table of tables) {
    for (const field of identityFields(table)) {
      for (;;) {
        const records = await lockReferrers(transaction, table, field, identityId, batch);
        const [first] = records;
        if (first === undefined) {
          break;
        }
        if (table.columns[field]?.isOptional !== true) {
          throw badRequestContent(
            `This identity is the ${field} of ${table.name} ${first.id} and cannot be deleted. Set another ${field} first.`,
          );
        }
        for (const record of records) {
          await storeRecord(transaction, table, record, { ...record, [field]: null }, context, now);
        }
        await nextTick();
      }
    }
  }
}
