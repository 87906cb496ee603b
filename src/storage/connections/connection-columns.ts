/**
 * The columns of filters and sorters of entitlement connections, by their names in the contract (B.14). A query selects
 * from `account_entitlement`, and from the tables that its order needs (`connection-joins.ts`).
 */
import { type RawBuilder, sql } from 'kysely';
import { effectivePrivileges } from '../entitlements/entitlement-privileges.ts';
import type { Column } from '../query/condition.ts';
import { isThroughRole, type Joined } from './connection-joins.ts';

/** The types of connections in the contract. Nothing sets `NA`. */
export const connectionTypes = ['JIT', 'STANDING', 'NA'] as const;
export type ConnectionType = (typeof connectionTypes)[number];

/** A column, and the tables to join if it is selected or sorted by. Tests look the value up instead. */
export type ConnectionColumn = Column & { readonly joins?: readonly Joined[] };
export type ConnectionColumns = Readonly<Record<string, ConnectionColumn>>;

const accountId = sql.ref('account_entitlement.account_id');
const entitlementId = sql.ref('account_entitlement.entitlement_id');

type Among = NonNullable<Column['lookup']>['among'];

const amongAccounts: Among = (test) => sql`${accountId} in (select account.id from account where ${test})`;
const amongEntitlements: Among = (test) =>
  sql`${entitlementId} in (select entitlement.id from entitlement where ${test})`;

/** Of a source there are many accounts: each is tested, in the order of the list. */
function eachAccount(tables: RawBuilder<unknown>): Among {
  return (test) => sql`exists (select 1 from ${tables} where account.id = ${accountId} and ${test})`;
}

/** There are no data of just-in-time access. */
const noText: ConnectionColumn = { expression: sql`cast(null as text)`, type: 'text', nullable: true };
const noTime: ConnectionColumn = { expression: sql`cast(null as bigint)`, type: 'time', nullable: true };

/** The columns of a query that begins with `account_entitlement`. */
export const columnsOfMemberships: ConnectionColumns = {
  'account.id': { expression: accountId, type: 'id', nullable: false },
  'account.name': column('account.name_folded', ['account'], amongAccounts),
  'identity.id': { ...column('account.identity_id', ['account'], amongAccounts), type: 'id', nullable: true },
  'identity.name': {
    ...column(
      'identity.name_folded',
      ['account', 'identity'],
      (test) => sql`${accountId} in (select account.id from account
        where account.identity_id in (select identity.id from identity where ${test}))`,
    ),
    nullable: true,
  },
  'source.id': { ...column('account.source_id', ['account'], eachAccount(sql`account`)), type: 'id' },
  'source.name': column(
    'source.name_folded',
    ['account', 'source'],
    eachAccount(sql`account join source on source.id = account.source_id`),
  ),
  'entitlement.id': { expression: entitlementId, type: 'id', nullable: false },
  'entitlement.displayName': column('entitlement.name_folded', ['entitlement'], amongEntitlements),
  'entitlement.attribute': {
    ...column(
      'source_schema.account_attribute_folded',
      ['entitlement', 'source_schema'],
      (test) => sql`exists (select 1 from entitlement
        join source_schema on source_schema.source_id = entitlement.source_id and source_schema.name = entitlement.type
        where entitlement.id = ${entitlementId} and ${test})`,
    ),
    nullable: true,
  },
  'entitlement.value': column('entitlement.value_folded', ['entitlement'], amongEntitlements),
  'entitlement.privilegeLevel.effective': {
    expression: sql`coalesce(privileged.level, 'none')`,
    joins: ['privileged'],
    type: 'text',
    nullable: false,
    lookup: {
      expression: sql.ref('privileged.level'),
      among: (test) => sql`${entitlementId} in (
        select privileged.id from ${effectivePrivileges} as privileged where ${test})`,
    },
  },
  type: {
    expression: sql`coalesce(lower(connection.type), 'standing')`,
    joins: ['connection'],
    type: 'text',
    nullable: false,
    lookup: {
      expression: sql`lower(connection.type)`,
      among: (test) => sql`(${accountId}, ${entitlementId}) in (
        select connection.account_id, connection.entitlement_id from connection
        where connection.type <> 'STANDING' and ${test})`,
    },
  },
  standalone: {
    expression: sql`case when through_role.account_id is null then 1 else 0 end`,
    joins: ['through_role'],
    type: 'boolean',
    nullable: false,
    lookup: {
      // Only asked for connections that are not standalone.
      expression: sql`0`,
      among: (test) => sql`(${accountId}, ${entitlementId}) in (
        select connection_reason.account_id, connection_reason.entitlement_id from connection_reason
        where ${isThroughRole} and ${test})`,
    },
  },
  'state.value': noText,
  'jit.activation': noTime,
  'jit.provision': noTime,
  'jit.deactivation': noTime,
  'jit.deprovision': noTime,
  'jit.expiration': noTime,
};

/** The columns of a query that begins with `account`. */
export const columnsByAccount: ConnectionColumns = {
  ...columnsOfMemberships,
  'account.id': { expression: sql.ref('account.id'), type: 'id', nullable: false },
  'account.name': { expression: sql.ref('account.name_folded'), type: 'text', nullable: false },
  'identity.id': { expression: sql.ref('account.identity_id'), type: 'id', nullable: true },
  'source.id': { expression: sql.ref('account.source_id'), type: 'id', nullable: false },
};

/** The columns of a query that begins with `entitlement`. */
export const columnsByEntitlement: ConnectionColumns = {
  ...columnsOfMemberships,
  'entitlement.displayName': { expression: sql.ref('entitlement.name_folded'), type: 'text', nullable: false },
  // An account and its entitlements have the same source.
  'source.id': { expression: sql.ref('entitlement.source_id'), type: 'id', nullable: false },
};

/** A text column of another table, without nulls. */
function column(reference: string, joins: readonly Joined[], among: Among): ConnectionColumn {
  const expression = sql.ref(reference);
  return { expression, joins, type: 'text', nullable: false, lookup: { expression, among } };
}
