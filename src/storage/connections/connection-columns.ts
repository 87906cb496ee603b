/**
 * The columns of filters and sorters of entitlement connections, by their names in the contract (B.14). A query selects
 * from `account_entitlement`, or from `account` and `account_entitlement`.
 *
 * Tests of a field with few possible values are written as tests for the exceptions from the default, which few
 * connections have: `type eq "STANDING"` becomes `not (type in ("JIT", "NA"))`.
 */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Condition, Value } from '../../list-query.ts';
import { effectivePrivileges, privilegeLevels } from '../entitlements/entitlement-privileges.ts';
import type { Column, Columns } from '../query/condition.ts';
import { fold } from '../query/fold.ts';

/** The types of connections in the contract. Nothing sets `NA`. */
export const connectionTypes = ['JIT', 'STANDING', 'NA'] as const;
export type ConnectionType = (typeof connectionTypes)[number];

const accountId = sql.ref('account_entitlement.account_id');
const entitlementId = sql.ref('account_entitlement.entitlement_id');

type Among = (test: RawBuilder<SqlBool>) => RawBuilder<SqlBool>;

/** The type that somebody has set for this connection, or the default. */
export const typeOfConnection = sql<ConnectionType>`coalesce((
  select connection.type from connection
  where connection.account_id = ${accountId} and connection.entitlement_id = ${entitlementId}), 'STANDING')`;

const isThroughRole = sql`connection_reason.kind in ('ACCESS_PROFILE', 'ROLE')`;

/** 1 if the account does not have the entitlement through an access profile or a role. */
export const isStandalone = sql<0 | 1>`case when exists (
  select 1 from connection_reason
  where connection_reason.account_id = ${accountId} and connection_reason.entitlement_id = ${entitlementId}
    and ${isThroughRole}) then 0 else 1 end`;

const standalone: Column = {
  expression: isStandalone,
  type: 'boolean',
  nullable: false,
  lookup: {
    expression: sql`0`,
    among: (test) => sql`(${accountId}, ${entitlementId}) in (
      select connection_reason.account_id, connection_reason.entitlement_id from connection_reason
      where ${isThroughRole} and ${test})`,
  },
};

const type: Column = {
  expression: sql`lower(${typeOfConnection})`,
  type: 'text',
  nullable: false,
  lookup: {
    expression: sql`lower(connection.type)`,
    among: (test) => sql`(${accountId}, ${entitlementId}) in (
      select connection.account_id, connection.entitlement_id from connection
      where connection.type <> 'STANDING' and ${test})`,
  },
};

/** As an order it needs `effectivePrivileges` joined as `privileged`. */
const effectivePrivilege: Column = {
  expression: sql`coalesce(privileged.level, 'none')`,
  type: 'text',
  nullable: false,
  lookup: {
    expression: sql.ref('privileged.level'),
    among: (test) => sql`${entitlementId} in (
      select privileged.id from ${effectivePrivileges} as privileged where ${test})`,
  },
};

/** There are no data of just-in-time access. */
const noText: Column = { expression: sql`cast(null as text)`, type: 'text', nullable: true };
const noTime: Column = { expression: sql`cast(null as bigint)`, type: 'time', nullable: true };

/** The columns of a query that selects from `account_entitlement` only. */
export const columnsOfMemberships: Columns = {
  'account.id': { expression: accountId, type: 'id', nullable: false },
  'account.name': ofAccount(sql.ref('account.name_folded'), 'text'),
  'identity.id': { ...ofAccount(sql.ref('account.identity_id'), 'id'), nullable: true },
  'identity.name': {
    expression: sql`(select identity.name_folded from account join identity on identity.id = account.identity_id
      where account.id = ${accountId})`,
    type: 'text',
    nullable: true,
    lookup: {
      expression: sql.ref('identity.name_folded'),
      among: (test) => sql`${accountId} in (select account.id from account
        where account.identity_id in (select identity.id from identity where ${test}))`,
    },
  },
  // Of a source or a group schema there are many connections: each is tested, in the order of the list.
  'source.id': ofAccount(sql.ref('account.source_id'), 'id', eachAccount('account')),
  'source.name': {
    expression: sql`(select source.name_folded from account join source on source.id = account.source_id
      where account.id = ${accountId})`,
    type: 'text',
    nullable: false,
    lookup: {
      expression: sql.ref('source.name_folded'),
      among: eachAccount('account join source on source.id = account.source_id'),
    },
  },
  'entitlement.id': { expression: entitlementId, type: 'id', nullable: false },
  'entitlement.displayName': ofEntitlement(sql.ref('entitlement.name_folded')),
  'entitlement.attribute': {
    expression: sql`(select source_schema.account_attribute_folded from entitlement
      join source_schema on source_schema.source_id = entitlement.source_id and source_schema.name = entitlement.type
      where entitlement.id = ${entitlementId})`,
    type: 'text',
    nullable: true,
    lookup: {
      expression: sql.ref('source_schema.account_attribute_folded'),
      among: (test) => sql`exists (select 1 from entitlement
        join source_schema on source_schema.source_id = entitlement.source_id and source_schema.name = entitlement.type
        where entitlement.id = ${entitlementId} and ${test})`,
    },
  },
  'entitlement.value': ofEntitlement(sql.ref('entitlement.value_folded')),
  'entitlement.privilegeLevel.effective': effectivePrivilege,
  type,
  standalone,
  'state.value': noText,
  'jit.activation': noTime,
  'jit.provision': noTime,
  'jit.deactivation': noTime,
  'jit.deprovision': noTime,
  'jit.expiration': noTime,
};

/** The columns of a query that finds accounts first and then their memberships. */
export const columnsByAccount: Columns = {
  ...columnsOfMemberships,
  'account.id': { expression: sql.ref('account.id'), type: 'id', nullable: false },
  'account.name': { expression: sql.ref('account.name_folded'), type: 'text', nullable: false },
  'source.id': { expression: sql.ref('account.source_id'), type: 'id', nullable: false },
};

function ofAccount(
  expression: RawBuilder<unknown>,
  columnType: Column['type'],
  among: Among = (test) => sql`${accountId} in (select account.id from account where ${test})`,
): Column {
  return {
    expression: sql`(select ${expression} from account where account.id = ${accountId})`,
    type: columnType,
    nullable: false,
    lookup: { expression, among },
  };
}

function eachAccount(tables: string): Among {
  return (test) => sql`exists (select 1 from ${sql.raw(tables)} where account.id = ${accountId} and ${test})`;
}

function ofEntitlement(expression: RawBuilder<unknown>): Column {
  return {
    expression: sql`(select ${expression} from entitlement where entitlement.id = ${entitlementId})`,
    type: 'text',
    nullable: false,
    lookup: {
      expression,
      among: (test) => sql`${entitlementId} in (select entitlement.id from entitlement where ${test})`,
    },
  };
}

/** The fields with few possible values: these, and the one of most connections. */
const fewValues: Readonly<Record<string, { readonly values: readonly Value[]; readonly usual: Value }>> = {
  type: { values: connectionTypes, usual: 'STANDING' },
  standalone: { values: [true, false], usual: true },
  'entitlement.privilegeLevel.effective': { values: privilegeLevels, usual: 'NONE' },
};

/** Rewrites the tests of fields with few possible values as tests for the exceptions. */
export function testingExceptions(condition: Condition): Condition {
  switch (condition.kind) {
    case 'not':
      return { kind: 'not', condition: testingExceptions(condition.condition) };
    case 'test': {
      const known = fewValues[condition.field];
      if (known === undefined) {
        return condition;
      }
      const matches = (value: Value): boolean => holds(condition, value);
      const isUsual = matches(known.usual);
      const exceptions = known.values.filter((value) => value !== known.usual && matches(value) !== isUsual);
      const test: Condition = { kind: 'test', field: condition.field, operator: 'in', values: exceptions };
      return isUsual ? { kind: 'not', condition: test } : test;
    }
    default:
      return { kind: condition.kind, conditions: condition.conditions.map(testingExceptions) };
  }
}

/** Whether a test is true for a value. */
function holds({ operator, values }: Extract<Condition, { kind: 'test' }>, value: Value): boolean {
  const folded = fold(String(value));
  return values.some((wanted) => {
    const part = fold(String(wanted));
    return operator === 'co' ? folded.includes(part) : folded === part;
  });
}
