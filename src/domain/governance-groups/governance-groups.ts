import { badRequestContent, MunimentError } from '../../errors.ts';
import type { ListQuery } from '../../list-query.ts';
import type { Database } from '../../storage/database.ts';
import { findUse } from '../../storage/governance-groups/connections.ts';
import {
  findFigures,
  findReferencedGroups,
  governanceGroupTable,
  type GroupFigures,
  groupFilters,
} from '../../storage/governance-groups/governance-groups.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { newDashedId } from '../ids.ts';
import type { Referenced } from '../resources/identity-references.ts';
import { listPage, type RecordOf, removeRecord, type Resource } from '../resources/resource.ts';
import { refuseUnstorable } from '../storable.ts';
import type { ItemResult } from './item-result.ts';
import { endMemberships } from './memberships.ts';

/** A governance group: its own fields. */
export type GovernanceGroup = RecordOf<typeof governanceGroupTable.columns>;

/** A group with what is shown besides its own fields. */
export type ShownGroup = GovernanceGroup & GroupFigures;

export const governanceGroups: Resource<typeof governanceGroupTable.columns> = {
  noun: 'governance group',
  table: governanceGroupTable,
  newId: newDashedId,
  beforeDeletion: async (transaction, { id }, context) => {
    const use = await findUse(transaction, id);
    if (use !== undefined) {
      throw badRequestContent(
        `Governance group ${id} is in use and cannot be deleted: it is ${use}. Replace it there first.`,
      );
    }
    await endMemberships(transaction, { groupId: id }, context, Date.now());
  },
};

/** Governance groups as the objects of references. */
export const referencedGroups: Referenced = { noun: 'governance group', find: findReferencedGroups };

/** Lists a page of groups; fields of filters and sorters as in the contract (B.5). */
export async function listGroups(
  database: Database,
  list: ListQuery,
): Promise<{ readonly groups: readonly ShownGroup[]; readonly total: number | undefined }> {
  const { records, total } = await listPage(database, governanceGroups, list, groupFilters);
  return { groups: await withFigures(database, records), total };
}

/** Adds the figures of one group. */
export async function withFiguresOf(database: Database, group: GovernanceGroup): Promise<ShownGroup> {
  const [shown] = await withFigures(database, [group]);
  return shown ?? { ...group, ...none };
}

const none: GroupFigures = { memberCount: 0, connectionCount: 0, ownerEmail: null };

async function withFigures(database: Database, groups: readonly GovernanceGroup[]): Promise<ShownGroup[]> {
  const figures = await findFigures(database.scan, groups);
  return groups.map((group) => ({ ...group, ...(figures.get(group.id) ?? none) }));
}

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
    if (!(error instanceof MunimentError)) {
      throw error;
    }
    // The deletion of one group has no 409 in the contract, only its bulk form: what is a 400 there is a conflict here.
    return { id, status: error.status === 400 ? 409 : error.status, description: error.message };
  }
}
