import type { Session } from '../../storage/database.ts';
import { findGroupNames } from '../../storage/governance-groups/governance-groups.ts';

/** An additional owner in stored form: a governance group has no name, as it can change. */
interface StoredOwner {
  readonly type: string;
  readonly id: string;
}

/** Returns entitlements whose additional owners, as JSON, have the current names of governance groups. */
export async function withNamesOfGroups<E extends { readonly additionalOwners: string | null }>(
  session: Session,
  entitlements: readonly E[],
): Promise<readonly E[]> {
  const owned = entitlements.map(({ additionalOwners }) => groupsIn(additionalOwners));
  if (owned.every((owners) => owners === undefined)) {
    return entitlements;
  }
  const named = await ownersWithNames(
    session,
    owned.map((owners) => owners ?? null),
  );
  return entitlements.map((entitlement, index) =>
    owned[index] === undefined ? entitlement : { ...entitlement, additionalOwners: JSON.stringify(named[index]) },
  );
}

/** Returns lists of additional owners with the current names of governance groups; those of deleted groups have none. */
export async function ownersWithNames<O extends StoredOwner>(
  session: Session,
  lists: readonly (readonly O[] | null)[],
): Promise<(readonly O[] | null)[]> {
  const groups = lists.flatMap((owners) => (owners ?? []).filter(isGroup)).map(({ id }) => id);
  const names = await findGroupNames(session, [...new Set(groups)]);
  return lists.map(
    (owners) =>
      owners?.map((owner) => {
        const name = isGroup(owner) ? names.get(owner.id) : undefined;
        return name === undefined ? owner : { ...owner, name };
      }) ?? null,
  );
}

/** Parses additional owners if there is a group among them: most entitlements have none. */
function groupsIn(additionalOwners: string | null): StoredOwner[] | undefined {
  return additionalOwners?.includes('GOVERNANCE_GROUP') === true ? JSON.parse(additionalOwners) : undefined;
}

function isGroup({ type }: StoredOwner): boolean {
  return type === 'GOVERNANCE_GROUP';
}
