import { badRequestContent } from '../../errors.ts';
import { findUse } from '../../storage/governance-groups/connections.ts';
import { governanceGroupTable } from '../../storage/governance-groups/governance-groups.ts';
import { newDashedId } from '../ids.ts';
import type { RecordOf, Resource } from '../resources/resource.ts';
import { endMemberships } from './memberships.ts';

/** A governance group: its own fields. */
export type GovernanceGroup = RecordOf<typeof governanceGroupTable.columns>;

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
