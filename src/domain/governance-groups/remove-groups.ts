import { MunimentError } from '../../errors.ts';
import type { Database } from '../../storage/database.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { removeRecord } from '../resources/resource.ts';
import { refuseUnstorable } from '../storable.ts';
import { governanceGroups } from './governance-groups.ts';
import type { ItemResult } from './item-result.ts';

/**
 * Deletes several groups, each in a transaction of its own (contract B.5). The status of one that was deleted is 204, of
 * one that does not exist 404, of one in use 409.
 * @throws 400 for an id that cannot be stored
 */
export async function removeGroups(
  database: Database,
  ids: readonly string[],
  context: ChangeContext,
): Promise<ItemResult[]> {
  refuseUnstorable(ids, 'ids');
  const results: ItemResult[] = [];
  for (const id of ids) {
    results.push(await removeGroup(database, id, context));
  }
  return results;
}

async function removeGroup(database: Database, id: string, context: ChangeContext): Promise<ItemResult> {
  try {
    await removeRecord(database, governanceGroups, id, { ifMatch: undefined, context });
    return { id, status: 204, description: 'Governance group deleted.' };
  } catch (error) {
    if (!(error instanceof MunimentError) || error.status >= 500) {
      throw error;
    }
    // The deletion of one group has no 409 in the contract, only its bulk form: what is a 400 there is a conflict here.
    return { id, status: error.status === 400 ? 409 : error.status, description: error.message };
  }
}
