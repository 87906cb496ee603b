import type { Transaction } from '../../storage/database.ts';
import { referencedGroups } from '../governance-groups/references.ts';
import { checkReferences } from '../resources/identity-references.ts';

/** Checks that governance groups exist that are to approve requests. Throws a 400 naming one that does not. */
export async function checkApproverGroups(transaction: Transaction, groupIds: readonly string[]): Promise<void> {
  await checkReferences(
    transaction,
    groupIds.map((id) => ({ field: 'approverId', noun: referencedGroups.noun, id })),
    referencedGroups,
  );
}
