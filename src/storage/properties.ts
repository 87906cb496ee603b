import type { Session, Transaction } from './database.ts';

/** The value of a property of this database (its tenant id, for one), or undefined. */
export async function findProperty(session: Session, name: string): Promise<string | undefined> {
  const row = await session.query.selectFrom('property').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value;
}

/** Sets a property that must not be there yet. */
export async function insertProperty(transaction: Transaction, name: string, value: string): Promise<void> {
  await transaction.query.insertInto('property').values({ name, value }).execute();
}
