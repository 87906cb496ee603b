import type { Reads } from '../../storage/database.ts';
import type { EntitlementRow } from '../../storage/entitlements/entitlements.ts';
import { attributesOf, type MetadataAttributes } from '../metadata/assignments.ts';
import { type GroupNames, groupNamesIn } from './additional-owners.ts';
import { inheritedPrivileges, type PrivilegeLevel } from './privilege.ts';

/** What an entitlement shows of other objects, besides their names. */
export interface Related {
  /** NONE if inherited levels were not requested. */
  readonly inherited: PrivilegeLevel;
  /** The metadata attributes of the entitlement, and possibly others. */
  readonly attributes: MetadataAttributes;
  /** The names of the governance groups that are its additional owners, and possibly of others. */
  readonly groups: GroupNames;
}

/** Reads what entitlements show of other objects, in one query per kind. Returns a function from an entitlement's id. */
export async function relatedTo(
  reads: Reads,
  entitlements: readonly Pick<EntitlementRow, 'id' | 'hasParents' | 'accessModelMetadata' | 'additionalOwners'>[],
  showsInherited: boolean,
): Promise<(id: string) => Related> {
  const metadata = entitlements.map(({ accessModelMetadata }) => accessModelMetadata);
  const owners = entitlements.map(({ additionalOwners }) => additionalOwners);
  const [levels, attributes, groups] = await Promise.all([
    showsInherited ? inheritedPrivileges(reads, entitlements) : undefined,
    attributesOf(reads.keyed, metadata),
    groupNamesIn(reads.keyed, owners),
  ]);
  return (id) => ({ inherited: levels?.get(id) ?? 'NONE', attributes, groups });
}
