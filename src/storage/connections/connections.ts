import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type ChangeOrigin, recordChanges } from '../changes/changes.ts';
import type { Session, Transaction } from '../database.ts';
import { valuesOf } from '../query/update-rows.ts';
import type { ConnectionTable, Flag } from '../tables.ts';
import type { ConnectionType } from './connection-columns.ts';
import { isThroughRole } from './connection-joins.ts';
import { connectionId, type ConnectionKey } from './connection-key.ts';

/** One connection with the names of the objects it refers to. */
export interface ConnectionRow extends ConnectionKey {
  readonly accountName: string | null;
  /** The key of the account on its source. */
  readonly nativeIdentity: string;
  /** The identity of the account; null if it is uncorrelated. */
  readonly identityId: string | null;
  readonly identityName: string | null;
  readonly identityAlias: string | null;
  readonly sourceId: string;
  readonly sourceName: string;
  /** The name of the group schema of the entitlement. */
  readonly entitlementType: string;
  /** The account attribute for entitlements of this type, or null. */
  readonly attribute: string | null;
  readonly value: string;
  readonly sourceDisplayName: string | null;
  readonly sourceDescription: string | null;
  readonly manualName: string | null;
  readonly manualDescription: string | null;
  readonly isNameManual: Flag;
  readonly isDescriptionManual: Flag;
  readonly hasParents: Flag;
  readonly sourcePrivilege: string | null;
  readonly privilegeOverride: string | null;
  readonly privilegeOverrideBy: string | null;
  readonly type: ConnectionType;
  readonly isStandalone: Flag;
}

/** The type that somebody has set for this connection, or the default. */
const typeOfConnection = sql<ConnectionType>`coalesce((
  select connection.type from connection
  where connection.entitlement_id = account_entitlement.entitlement_id
    and connection.account_id = account_entitlement.account_id), 'STANDING')`;

/** 1 if the account does not have the entitlement through an access profile or a role. */
export const isStandalone = sql<Flag>`case when exists (
  select 1 from connection_reason
  where connection_reason.entitlement_id = account_entitlement.entitlement_id
    and connection_reason.account_id = account_entitlement.account_id and ${isThroughRole}) then 0 else 1 end`;

/** The columns of `ConnectionRow`, selected from `account_entitlement`, `account` and `entitlement`. */
export const connectionColumns = [
  'account_entitlement.account_id as accountId',
  'account_entitlement.entitlement_id as entitlementId',
  'account.name as accountName',
  'account.native_identity as nativeIdentity',
  'account.identity_id as identityId',
  sql<string | null>`(select identity.name from identity where identity.id = account.identity_id)`.as('identityName'),
  sql<string | null>`(select identity.alias from identity where identity.id = account.identity_id)`.as('identityAlias'),
  'account.source_id as sourceId',
  sql<string>`(select source.name from source where source.id = account.source_id)`.as('sourceName'),
  'entitlement.type as entitlementType',
  sql<string | null>`(select source_schema.account_attribute from source_schema
    where source_schema.source_id = entitlement.source_id and source_schema.name = entitlement.type)`.as('attribute'),
  'entitlement.value',
  'entitlement.source_display_name as sourceDisplayName',
  'entitlement.source_description as sourceDescription',
  'entitlement.manual_name as manualName',
  'entitlement.manual_description as manualDescription',
  'entitlement.is_name_manual as isNameManual',
  'entitlement.is_description_manual as isDescriptionManual',
  'entitlement.has_parents as hasParents',
  'entitlement.source_privilege as sourcePrivilege',
  'entitlement.privilege_override as privilegeOverride',
  'entitlement.privilege_override_by as privilegeOverrideBy',
  typeOfConnection.as('type'),
  isStandalone.as('isStandalone'),
] as const;

/** A connection together with what people have set for it. */
export interface OneConnection {
  readonly row: ConnectionRow;
  /** Undefined if nobody has set anything. */
  readonly set: ConnectionTable | undefined;
}

/** Returns the connections with these keys that exist, by id, and locks them until the transaction ends. */
export async function lockConnections(
  transaction: Transaction,
  keys: readonly ConnectionKey[],
): Promise<Map<string, OneConnection>> {
  // Aggregations lock the accounts whose memberships they change, in the same order.
  await transaction.query
    .selectFrom('account')
    .select('id')
    .where(
      'id',
      'in',
      keys.map(({ accountId }) => accountId),
    )
    .orderBy('id')
    .$if(transaction.dialect.locksRows, (builder) => builder.forUpdate())
    .execute();
  const rows = await transaction.query
    .selectFrom('account_entitlement')
    .innerJoin('account', 'account.id', 'account_entitlement.account_id')
    .innerJoin('entitlement', 'entitlement.id', 'account_entitlement.entitlement_id')
    .where(isAmong('account_entitlement', keys))
    .select(connectionColumns)
    .execute();
  const set = await transaction.query.selectFrom('connection').selectAll().where(isAmong('connection', keys)).execute();
  const byId = new Map(set.map((row) => [row.id, row]));
  return new Map(
    rows.map((row) => {
      const id = connectionId(row);
      return [id, { row, set: byId.get(id) }];
    }),
  );
}

function isAmong(table: 'account_entitlement' | 'connection', keys: readonly ConnectionKey[]): RawBuilder<SqlBool> {
  const [account, entitlement] = [sql.ref(`${table}.account_id`), sql.ref(`${table}.entitlement_id`)];
  return sql`(${account}, ${entitlement}) in (
    ${valuesOf(keys.map(({ accountId, entitlementId }) => [accountId, entitlementId]))})`;
}

/** Stores the type of a locked connection, records the change, and returns the connection as it is then. */
export async function storeConnectionType(
  transaction: Transaction,
  { row, set }: OneConnection,
  type: ConnectionType,
  origin: ChangeOrigin,
  now: number,
): Promise<OneConnection> {
  const id = connectionId(row);
  const stored: ConnectionTable =
    set === undefined
      ? {
          id,
          account_id: row.accountId,
          entitlement_id: row.entitlementId,
          type,
          created: now,
          modified: now,
          version: 1,
        }
      : { ...set, type, modified: now, version: set.version + 1 };
  if (set === undefined) {
    await transaction.insertRows('connection', [stored]);
  } else {
    const { modified, version } = stored;
    await transaction.query.updateTable('connection').set({ type, modified, version }).where('id', '=', id).execute();
  }
  await recordChanges(transaction, origin, now, [
    set === undefined
      ? { objectType: 'CONNECTION', objectId: id, kind: 'created', before: null, after: connectionState(stored) }
      : { objectType: 'CONNECTION', objectId: id, kind: 'updated', before: { type: set.type }, after: { type } },
  ]);
  return { row: { ...row, type }, set: stored };
}

/** Returns what people have set for a connection, for the change record. */
export function connectionState(set: ConnectionTable): Record<string, unknown> {
  return { accountId: set.account_id, entitlementId: set.entitlement_id, type: set.type };
}

/** Returns the rows with these ids that exist. */
export async function findSetConnections({ query }: Session, ids: readonly string[]): Promise<ConnectionTable[]> {
  return query.selectFrom('connection').selectAll().where('id', 'in', ids).execute();
}
