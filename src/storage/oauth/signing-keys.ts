import type { Session, Transaction } from '../database.ts';

/** A stored key pair: both keys as JWK texts (RFC 7517). */
export interface StoredSigningKey {
  /** The key's id (`kid`). */
  readonly id: string;
  /** Empty after the key is retired. */
  readonly privateKey: string;
  readonly publicKey: string;
  readonly created: number;
  /** When it was retired, in UTC milliseconds; null if it is in use. */
  readonly retired: number | null;
}

const selection = ['id', 'private_key as privateKey', 'public_key as publicKey', 'created', 'retired'] as const;

export async function findSigningKey(session: Session, id: string): Promise<StoredSigningKey | undefined> {
  return session.query.selectFrom('signing_key').select(selection).where('id', '=', id).executeTakeFirst();
}

/** Returns all keys, the newest first. */
export async function listSigningKeys(session: Session): Promise<StoredSigningKey[]> {
  return session.query.selectFrom('signing_key').select(selection).orderBy('id', 'desc').execute();
}

export async function insertSigningKey(transaction: Transaction, key: StoredSigningKey): Promise<void> {
  await transaction.query
    .insertInto('signing_key')
    .values({
      id: key.id,
      private_key: key.privateKey,
      public_key: key.publicKey,
      created: key.created,
      retired: key.retired,
    })
    .execute();
}

/** Retires every key in use and deletes the private keys. Returns their ids. `time` is UTC milliseconds. */
export async function retireSigningKeys(transaction: Transaction, time: number): Promise<string[]> {
  const retired = await transaction.query
    .updateTable('signing_key')
    .set({ private_key: '', retired: time })
    .where('retired', 'is', null)
    .returning('id')
    .execute();
  return retired.map(({ id }) => id);
}

/** Deletes the keys that were retired before a time (UTC milliseconds). Returns their ids. */
export async function deleteSigningKeys(transaction: Transaction, retiredBefore: number): Promise<string[]> {
  const deleted = await transaction.query
    .deleteFrom('signing_key')
    .where('retired', '<', retiredBefore)
    .returning('id')
    .execute();
  return deleted.map(({ id }) => id);
}
