import type { Session, Transaction } from './database.ts';

/** Returns the value of a property of this database, such as its tenant id, or undefined. */
export async function findProperty(session: Session, name: string): Promise<string | undefined> {
  const row = await session.query.selectFrom('property').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value;
}

/**
 * Sets a property if it has no value yet, and returns whether it did. If two transactions try concurrently, one waits
 * for the other and returns false.
 */
export async function claimProperty(transaction: Transaction, name: string, value: string): Promise<boolean> {
  const row = await transaction.query
    .insertInto('property')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('name')
    .executeTakeFirst();
  return row !== undefined;
}

/** Sets a property unless its current value is equal or greater, compared as text. */
export async function raiseProperty(transaction: Transaction, name: string, value: string): Promise<void> {
  await transaction.query
    .insertInto('property')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }).where('property.value', '<', value))
    .execute();
}
