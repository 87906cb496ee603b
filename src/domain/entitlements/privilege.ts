import {
  findInheritedPrivileges,
  type PrivilegeLevel,
  privilegeLevels,
} from '../../storage/entitlements/entitlement-privileges.ts';
import type { EntitlementRow } from '../../storage/entitlements/entitlements.ts';
import type { Reads } from '../../storage/database.ts';

export { type PrivilegeLevel, privilegeLevels } from '../../storage/entitlements/entitlement-privileges.ts';

/** How privileged an entitlement is, and by whom (contract A.3, EntitlementPrivilegeLevel). */
export interface Privilege {
  /** The override, else the source's level, else NONE. */
  readonly direct: PrivilegeLevel;
  /** The highest effective level of the parents; NONE without parents. */
  readonly inherited: PrivilegeLevel;
  /** The higher of both, or the override. */
  readonly effective: PrivilegeLevel;
  /** The id of the identity that set an override, or of the source whose level it is; undefined without a level. */
  readonly setBy: string | undefined;
  readonly setByType: 'OVERRIDE' | 'CONNECTOR_CRITERIA' | undefined;
}

type Levels = Pick<EntitlementRow, 'sourceId' | 'sourcePrivilege' | 'privilegeOverride' | 'privilegeOverrideBy'>;

/** The privilege of an entitlement that inherits `inherited`. */
export function privilegeOf(entitlement: Levels, inherited: PrivilegeLevel): Privilege {
  const direct = directPrivilege(entitlement);
  if (entitlement.privilegeOverride !== null) {
    const setBy = entitlement.privilegeOverrideBy ?? undefined;
    return { direct, inherited, effective: direct, setBy, setByType: 'OVERRIDE' };
  }
  const effective = rank(inherited) > rank(direct) ? inherited : direct;
  return entitlement.sourcePrivilege === null
    ? { direct, inherited, effective, setBy: undefined, setByType: undefined }
    : { direct, inherited, effective, setBy: entitlement.sourceId, setByType: 'CONNECTOR_CRITERIA' };
}

/** The level that people or the source gave the entitlement itself; the older entity shows whether it is HIGH. */
export function directPrivilege(
  entitlement: Pick<EntitlementRow, 'sourcePrivilege' | 'privilegeOverride'>,
): PrivilegeLevel {
  const level = entitlement.privilegeOverride ?? entitlement.sourcePrivilege;
  return privilegeLevels.find((known) => known === level) ?? 'NONE';
}

/** The inherited levels of these entitlements by id, in one query for all of them. What has none is left out. */
export async function inheritedPrivileges(
  reads: Reads,
  entitlements: readonly Pick<EntitlementRow, 'id' | 'hasParents'>[],
): Promise<ReadonlyMap<string, PrivilegeLevel>> {
  const children = entitlements.filter((entitlement) => entitlement.hasParents === 1);
  return findInheritedPrivileges(
    // The ancestors of some may be many.
    reads.scan,
    children.map((entitlement) => entitlement.id),
  );
}

function rank(level: PrivilegeLevel): number {
  return privilegeLevels.indexOf(level);
}
