/** Additional owners of entitlements. A governance group among them is stored without its name, which can change. */
import type { Session } from '../../storage/database.ts';
import { findGroupNames } from '../../storage/governance-groups/group-references.ts';

/** The current names of governance groups by id. */
export type GroupNames = ReadonlyMap<string, string>;

interface StoredOwner {
  readonly type: string;
  readonly id: string;
}

/** Returns the names of the governance groups in lists of additional owners, in at most one query. */
export async function groupNamesOf(
  session: Session,
  lists: readonly (readonly StoredOwner[] | null | undefined)[],
): Promise<GroupNames> {
  const ids = lists.flatMap((owners) => (owners ?? []).filter(isGroup).map(({ id }) => id));
  return findGroupNames(session, [...new Set(ids)]);
}

/** As `groupNamesOf`, for lists in JSON. */
export async function groupNamesIn(session: Session, lists: readonly (string | null)[]): Promise<GroupNames> {
  return groupNamesOf(session, lists.map(ownersWithGroups));
}

/** Returns additional owners with the names of governance groups; those of groups that no longer exist have none. */
export function withGroupNames<O extends StoredOwner>(owners: readonly O[], names: GroupNames): O[] {
  return owners.map((owner) => {
    const name = isGroup(owner) ? names.get(owner.id) : undefined;
    return name === undefined ? owner : { ...owner, name };
  });
}

/** As `withGroupNames`, for a list in JSON. */
export function shownAdditionalOwners(list: string | null, names: GroupNames): string | null {
  const owners = ownersWithGroups(list);
  return owners === undefined ? list : JSON.stringify(withGroupNames(owners, names));
}

/** Parses a list if there is a group in it: most entitlements have none. */
function ownersWithGroups(list: string | null): StoredOwner[] | undefined {
  return list?.includes('GOVERNANCE_GROUP') === true ? (JSON.parse(list) as StoredOwner[]) : undefined;
}

function isGroup({ type }: StoredOwner): boolean {
  return type === 'GOVERNANCE_GROUP';
}
