/** Rules for sources besides the shape of their documents. */
import { alreadyExists } from '../../errors.ts';
import type { Transaction } from '../../storage/database.ts';
import { findSourceIdByName } from '../../storage/sources/sources.ts';

/** Throws a 400 if another source has the name. */
export async function refuseTakenName(transaction: Transaction, name: string): Promise<void> {
  if ((await findSourceIdByName(transaction, name)) !== undefined) {
    throw alreadyExists('A source', 'name', name);
  }
}
