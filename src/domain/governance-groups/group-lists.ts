import type { ListQuery } from '../../list-query.ts';
import type { Database } from '../../storage/database.ts';
import { findFigures, type GroupFigures, groupFilters } from '../../storage/governance-groups/group-lists.ts';
import { listPage } from '../resources/resource.ts';
import { type GovernanceGroup, governanceGroups } from './governance-groups.ts';

/** A group with what is shown besides its own fields. */
export type ShownGroup = GovernanceGroup & GroupFigures;

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
