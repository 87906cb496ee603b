import type { Session, Transaction } from './database.ts';

/** The value of a property of this database (its tenant id, for one), or undefined. */
export async function findProperty(session: Session, name: string): Promise<string | undefined> {
  const row = await session.query.selectFrom('property').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value;
}

/**
 * Sets a property unless it is there already, and returns whether it did. Of two transactions that try at once, one
 * waits for the other and returns false.
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

/** Sets a property unless it has a value that is the same or comes later in the order of texts. */
export async function raiseProperty(transaction: Transaction, name: string, value: string): Promise<void> {
  await transaction.query
    .insertInto('property')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }).where('property.value', '<', value))
    .execute();
}
