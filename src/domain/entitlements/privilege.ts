import {
  findInheritedPrivileges,
  type PrivilegeLevel,
  privilegeLevels,
} from '../../storage/entitlements/entitlement-privileges.ts';
import type { EntitlementRow } from '../../storage/entitlements/entitlements.ts';
import type { Reads } from '../../storage/database.ts';

export { type PrivilegeLevel, privilegeLevels } from '../../storage/entitlements/entitlement-privileges.ts';

/** The privilege level of an entitlement and its origin (contract A.3, EntitlementPrivilegeLevel). */
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

/** The privilege level of an entitlement with the given inherited level. */
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

/** The level set by users or the source; the older entity shows whether it is HIGH. */
export function directPrivilege(
  entitlement: Pick<EntitlementRow, 'sourcePrivilege' | 'privilegeOverride'>,
): PrivilegeLevel {
  const level = entitlement.privilegeOverride ?? entitlement.sourcePrivilege;
  return privilegeLevels.find((known) => known === level) ?? 'NONE';
}

/** The inherited levels of these entitlements by id, in one query. Entitlements without one are omitted. */
export async function inheritedPrivileges(
  reads: Reads,
  entitlements: readonly Pick<EntitlementRow, 'id' | 'hasParents'>[],
): Promise<ReadonlyMap<string, PrivilegeLevel>> {
  const children = entitlements.filter((entitlement) => entitlement.hasParents === 1);
  return findInheritedPrivileges(
    // There may be many ancestors.
    reads.scan,
    children.map((entitlement) => entitlement.id),
  );
}

function rank(level: PrivilegeLevel): number {
  return privilegeLevels.indexOf(level);
}
