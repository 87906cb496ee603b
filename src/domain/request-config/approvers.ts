import type { Transaction } from '../../storage/database.ts';

/** Returns whether a governance group exists that can approve requests. There are none yet. */
export async function approverExists(_transaction: Transaction, _groupId: string): Promise<boolean> {
  return false;
}
