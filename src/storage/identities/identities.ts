import type { Selectable } from 'kysely';
import type { Session, Transaction } from '../database.ts';
import { attributesToFind, replaceAttributes } from './identity-attributes.ts';
import { type Identity, newIdentity } from './identity-record.ts';
import type { IdentityTable } from '../tables.ts';

export type { Identity } from './identity-record.ts';

function identityOf(row: Selectable<IdentityTable>): Identity {
  return {
    id: row.id,
    alias: row.alias,
    name: row.name,
    email: row.email,
    attributes: JSON.parse(row.attributes) as Record<string, unknown>,
    capabilities: JSON.parse(row.capabilities) as string[],
    created: row.created,
    modified: row.modified,
    version: row.version,
  };
}

/** Returns the identity with this id, or undefined. */
export async function findIdentity(session: Session, id: string): Promise<Identity | undefined> {
  const row = await session.query.selectFrom('identity').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : identityOf(row);
}

/**
 * Returns the identities with these ids that exist, in no particular order, for references to them: none of them can be
 * deleted until the transaction ends.
 */
export async function findReferencedIdentities(
  transaction: Transaction,
  ids: readonly string[],
): Promise<Pick<Identity, 'id' | 'name'>[]> {
  if (ids.length === 0) {
    return [];
  }
  return transaction.query
    .selectFrom('identity')
    .select(['id', 'name'])
    .where('id', 'in', ids)
    .orderBy('id')
    .$if(transaction.dialect.locksRows, (builder) => builder.forKeyShare())
    .execute();
}

/** Returns the identity with this id, or undefined, and locks it until the transaction ends. */
export async function lockIdentity(transaction: Transaction, id: string): Promise<Identity | undefined> {
  const row = await transaction.query
    .selectFrom('identity')
    .selectAll()
    .where('id', '=', id)
    .$if(transaction.dialect.locksRows, (builder) => builder.forUpdate())
    .executeTakeFirst();
  return row === undefined ? undefined : identityOf(row);
}

/** Returns the ids of all identities with a capability, and locks them until the transaction ends. */
export async function lockHolders(transaction: Transaction, capability: string): Promise<string[]> {
  const rows = await transaction.query
    .selectFrom('identity')
    .select('id')
    // Few identities have capabilities: the first condition is that of a partial index.
    .where('capabilities', '<>', '[]')
    .where('capabilities', 'like', `%${JSON.stringify(capability)}%`)
    .orderBy('id')
    .$if(transaction.dialect.locksRows, (builder) => builder.forUpdate())
    .execute();
  return rows.map((row) => row.id);
}

/** Inserts an identity without an account. */
export async function insertIdentity(transaction: Transaction, identity: Identity): Promise<void> {
  const row = newIdentity(identity);
  await transaction.insertRows('identity', [row]);
  await replaceAttributes(transaction, new Map([[row.id, attributesToFind(row, null)]]), []);
}

/** Updates the capabilities of an identity. */
export async function updateCapabilities(
  transaction: Transaction,
  identity: Pick<Identity, 'id' | 'capabilities' | 'modified' | 'version'>,
): Promise<void> {
  await transaction.query
    .updateTable('identity')
    .set({
      capabilities: JSON.stringify(identity.capabilities),
      modified: identity.modified,
      version: identity.version,
    })
    .where('id', '=', identity.id)
    .execute();
}
