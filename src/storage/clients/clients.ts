import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { Condition } from '../../list-query.ts';
import { type Columns, compileCondition } from '../query/condition.ts';
import { packId } from '../changes/packed-id.ts';
import type { Session, Transaction } from '../database.ts';
import type { ClientTable, Flag } from '../tables.ts';

/** A personal access token acts for its owner, an OAuth client for itself. */
export type ClientKind = 'PERSONAL_ACCESS_TOKEN' | 'OAUTH_CLIENT';

/** Something that may ask for access tokens, by its id and a secret. */
export interface Client {
  readonly id: string;
  readonly kind: ClientKind;
  readonly name: string;
  /** The identity a personal access token acts for. */
  readonly ownerId: string | null;
  /** SHA-256 of the secret, in hexadecimal. The secret itself is kept nowhere. */
  readonly secretHash: string;
  readonly scope: readonly string[];
  readonly accessTokenValiditySeconds: number;
  /** From when on it is refused, in UTC milliseconds; null: never. */
  readonly expirationDate: number | null;
  readonly userAwareTokenNeverExpires: boolean;
  readonly enabled: boolean;
  /** What only OAuth clients have. */
  readonly details: Readonly<Record<string, unknown>>;
  readonly lastUsed: number | null;
  readonly created: number;
  readonly modified: number;
  readonly version: number;
}

/** The columns behind the filter fields of both lists. */
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

/** One client by its id, or undefined. */
export async function findClient(session: Session, id: string): Promise<Client | undefined> {
  const row = await session.query.selectFrom('client').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : clientOf(row);
}

/** A client in a list, with the name of the identity it acts for, if there is one. */
export interface ListedClient {
  readonly client: Client;
  readonly ownerName: string | null;
}

/** The clients of one kind in the order of their ids, which is that of their creation; those of one owner if named. */
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

/** How many personal access tokens an identity has. */
export async function countTokensOf(session: Session, ownerId: string): Promise<number> {
  const row = await session.query
    .selectFrom('client')
    .select(({ fn }) => fn.countAll<number>().as('number'))
    .where('kind', '=', 'PERSONAL_ACCESS_TOKEN')
    .where('owner_id', '=', ownerId)
    .executeTakeFirstOrThrow();
  return row.number;
}

/** One client that this transaction is about to change; no other can meanwhile. */
export async function lockClient(transaction: Transaction, id: string): Promise<Client | undefined> {
  const row = await transaction.query
    .selectFrom('client')
    .selectAll()
    .where('id', '=', id)
    .$if(transaction.dialect.locksRows, (builder) => builder.forUpdate())
    .executeTakeFirst();
  return row === undefined ? undefined : clientOf(row);
}

/** Inserts a client. The engine refuses an id that is there already. */
export async function insertClient(transaction: Transaction, client: Client): Promise<void> {
  await transaction.query.insertInto('client').values(rowOf(client)).execute();
}

/** Stores everything about a client except when it was last used. */
export async function updateClient(transaction: Transaction, client: Client): Promise<void> {
  const { id, last_used: _, ...row } = rowOf(client);
  await transaction.query.updateTable('client').set(row).where('id', '=', id).execute();
}

export async function deleteClient(transaction: Transaction, id: string): Promise<void> {
  await transaction.query.deleteFrom('client').where('id', '=', id).execute();
}

/**
 * Notes that a client was used, unless that was noted after `since` already (both UTC milliseconds). It is no change
 * of the client: neither its version nor `modified` moves.
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

/** Whether a client of this id existed once and was deleted. */
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
