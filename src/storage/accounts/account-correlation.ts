import type { Transaction } from '../database.ts';

/** Sets the identity of an account and whether it was set manually, and increments the version of the account. */
export async function setCorrelation(
  { query }: Transaction,
  id: string,
  { identityId, isManuallyCorrelated }: { readonly identityId: string | null; readonly isManuallyCorrelated: boolean },
  now: number,
): Promise<void> {
  await query
    .updateTable('account')
    .set((set) => ({
      identity_id: identityId,
      is_manually_correlated: isManuallyCorrelated ? 1 : 0,
      modified: now,
      version: set('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}
