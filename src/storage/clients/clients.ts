import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { Condition } from '../../list-query.ts';
import { type Columns, compileCondition } from '../query/condition.ts';
import { packId } from '../changes/packed-id.ts';
import type { Session, Transaction } from '../database.ts';
import type { ClientTable, Flag } from '../tables.ts';

/** A personal access token acts for its owner, an OAuth client for itself. */
export type ClientKind = 'PERSONAL_ACCESS_TOKEN' | 'OAUTH_CLIENT';

/** A client, which gets access tokens with its id and secret. */
export interface Client {
  readonly id: string;
  readonly kind: ClientKind;
  readonly name: string;
  /** The owner of a personal access token. */
  readonly ownerId: string | null;
  /** SHA-256 of the secret, in hexadecimal. The secret itself is not stored. */
  readonly secretHash: string;
  readonly scope: readonly string[];
  readonly accessTokenValiditySeconds: number;
  /** When it expires, in UTC milliseconds; null if it never does. */
  readonly expirationDate: number | null;
  readonly userAwareTokenNeverExpires: boolean;
  readonly enabled: boolean;
  /** The fields that only OAuth clients have. */
  readonly details: Readonly<Record<string, unknown>>;
  readonly lastUsed: number | null;
  readonly created: number;
  readonly modified: number;
  readonly version: number;
}

/** The columns of the filters of both lists. */
const columns: Columns = { lastUsed: { expression: sql.ref('client.last_used'), type: 'time', nullable: true } };

function clientOf(row: Selectable<ClientTable>): Client {
  return {
    id: row.id,
    kind: row.kind as ClientKind,
    name: row.name,
    ownerId: row.owner_id,
    secretHash: row.secret_hash,
    scope: row.scope === null ? [] : (JSON.parse(row.scope) as string[]),
    accessTokenValiditySeconds: row.access_token_validity_seconds,
    expirationDate: row.expiration_date,
    userAwareTokenNeverExpires: row.user_aware_token_never_expires === 1,
    enabled: row.enabled === 1,
    details: JSON.parse(row.details) as Record<string, unknown>,
    lastUsed: row.last_used,
    created: row.created,
    modified: row.modified,
    version: row.version,
  };
}

/** Returns the client with this id, or undefined. */
export async function findClient(session: Session, id: string): Promise<Client | undefined> {
  const row = await session.query.selectFrom('client').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : clientOf(row);
}

/** A client in a list, with the name of its owner, if there is one. */
export interface ListedClient {
  readonly client: Client;
  readonly ownerName: string | null;
}

/** Returns the clients of one kind, optionally of one owner, sorted by id, which is the order of their creation. */
export async function listClients(
  session: Session,
  kind: ClientKind,
  ownerId: string | undefined,
  condition: Condition | undefined,
): Promise<ListedClient[]> {
  const rows = await session.query
    .selectFrom('client')
    .leftJoin('identity', 'identity.id', 'client.owner_id')
    .selectAll('client')
    .select('identity.name as ownerName')
    .where('client.kind', '=', kind)
    .$if(ownerId !== undefined, (builder) => builder.where('client.owner_id', '=', ownerId ?? ''))
    .$if(condition !== undefined, (builder) => builder.where(compiled(condition)))
    .orderBy('client.id')
    .execute();
  return rows.map((row) => ({ client: clientOf(row), ownerName: row.ownerName }));
}

function compiled(condition: Condition | undefined): RawBuilder<SqlBool> {
  return condition === undefined ? sql<SqlBool>`1 = 1` : compileCondition(condition, columns);
}

/** Returns the number of personal access tokens of an identity. */
export async function countTokensOf(session: Session, ownerId: string): Promise<number> {
  const row = await session.query
    .selectFrom('client')
    .select(({ fn }) => fn.countAll<number>().as('number'))
    .where('kind', '=', 'PERSONAL_ACCESS_TOKEN')
    .where('owner_id', '=', ownerId)
    .executeTakeFirstOrThrow();
  return row.number;
}

/** Returns the client with this id, or undefined, and locks it until the transaction ends. */
export async function lockClient(transaction: Transaction, id: string): Promise<Client | undefined> {
  const row = await transaction.query
    .selectFrom('client')
    .selectAll()
    .where('id', '=', id)
    .$if(transaction.dialect.locksRows, (builder) => builder.forUpdate())
    .executeTakeFirst();
  return row === undefined ? undefined : clientOf(row);
}

/** Inserts a client. Fails with a unique violation if the id exists. */
export async function insertClient(transaction: Transaction, client: Client): Promise<void> {
  await transaction.query.insertInto('client').values(rowOf(client)).execute();
}

/** Updates all fields of a client except `lastUsed`. */
export async function updateClient(transaction: Transaction, client: Client): Promise<void> {
  const { id, last_used: _, ...row } = rowOf(client);
  await transaction.query.updateTable('client').set(row).where('id', '=', id).execute();
}

export async function deleteClient(transaction: Transaction, id: string): Promise<void> {
  await transaction.query.deleteFrom('client').where('id', '=', id).execute();
}

/**
 * Sets the time of last use of a client, unless it is `since` or later (both UTC milliseconds). This is not a change of
 * the client: `version` and `modified` stay the same.
 */
export async function noteUse(transaction: Transaction, id: string, time: number, since: number): Promise<void> {
  await transaction.query
    .updateTable('client')
    .set({ last_used: time })
    .where('id', '=', id)
    .where((builder) => builder.or([builder('last_used', 'is', null), builder('last_used', '<', since)]))
    .execute();
}

function rowOf(client: Client): Selectable<ClientTable> {
  return {
    id: client.id,
    kind: client.kind,
    name: client.name,
    owner_id: client.ownerId,
    secret_hash: client.secretHash,
    scope: JSON.stringify(client.scope),
    access_token_validity_seconds: client.accessTokenValiditySeconds,
    expiration_date: client.expirationDate,
    user_aware_token_never_expires: flag(client.userAwareTokenNeverExpires),
    enabled: flag(client.enabled),
    details: JSON.stringify(client.details),
    last_used: client.lastUsed,
    created: client.created,
    modified: client.modified,
    version: client.version,
  };
}

function flag(value: boolean): Flag {
  return value ? 1 : 0;
}

/** Returns whether a client with this id was deleted. */
export async function wasDeleted(session: Session, id: string): Promise<boolean> {
  const row = await session.query
    .selectFrom('change')
    .select('number')
    .where('object_type', '=', 'CLIENT')
    .where('object_id', '=', packId(id))
    .where('kind', '=', 'deleted')
    .executeTakeFirst();
  return row !== undefined;
}
