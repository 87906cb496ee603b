import { type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import type { Session } from '../database.ts';
import { effectivePrivileges } from '../entitlements/entitlement-privileges.ts';
import type { Tables } from '../tables.ts';

/** The table that a list of connections begins with. */
export type Start = 'account_entitlement' | 'account' | 'entitlement';

/** The tables that the order of a list of connections can need, beside `account_entitlement`. */
export type Joined =
  | 'account'
  | 'identity'
  | 'source'
  | 'entitlement'
  | 'source_schema'
  | 'privileged'
  | 'connection'
  | 'through_role';

/** Whether a reason is an access profile or a role: then the connection is not standalone. */
export const isThroughRole = sql<SqlBool>`connection_reason.kind in ('ACCESS_PROFILE', 'ROLE')`;

interface Join {
  readonly table: RawBuilder<unknown>;
  readonly on: RawBuilder<SqlBool>;
  /** The table whose rows determine the joined row, if not those of the memberships. */
  readonly of?: Start;
}

const isOfMembership = (table: string): RawBuilder<SqlBool> =>
  sql`${sql.ref(`${table}.account_id`)} = account_entitlement.account_id
    and ${sql.ref(`${table}.entitlement_id`)} = account_entitlement.entitlement_id`;

/** Each table follows those that its join refers to. */
const joins: Readonly<Record<Joined, Join>> = {
  account: { table: sql`account`, on: sql`account.id = account_entitlement.account_id` },
  identity: { table: sql`identity`, on: sql`identity.id = account.identity_id`, of: 'account' },
  source: { table: sql`source`, on: sql`source.id = account.source_id`, of: 'account' },
  entitlement: { table: sql`entitlement`, on: sql`entitlement.id = account_entitlement.entitlement_id` },
  source_schema: {
    table: sql`source_schema`,
    on: sql`source_schema.source_id = entitlement.source_id and source_schema.name = entitlement.type`,
    of: 'entitlement',
  },
  privileged: { table: effectivePrivileges, on: sql`privileged.id = account_entitlement.entitlement_id` },
  connection: { table: sql`connection`, on: isOfMembership('connection') },
  through_role: {
    table: sql`(select distinct connection_reason.account_id, connection_reason.entitlement_id
      from connection_reason where ${isThroughRole})`,
    on: isOfMembership('through_role'),
  },
};

type Memberships = SelectQueryBuilder<Tables, 'account_entitlement', object>;

/**
 * Returns the query for the memberships, with other tables joined, so that an engine can sort by them without a subquery
 * for each row. Every membership is kept, and has at most one row of each table.
 *
 * The order of the tables is that of the query, which SQLite keeps for cross joins and left joins: what belongs to the
 * account or the entitlement that the query begins with is looked up once for all its memberships.
 */
export function memberships({ query }: Session, start: Start, tables: ReadonlySet<Joined>): Memberships {
  const names = (Object.keys(joins) as Joined[]).filter((name) => tables.has(name) && name !== start);
  const first = names.filter((name) => joins[name].of === start);
  const others = names.filter((name) => joins[name].of !== start);
  if (start === 'account_entitlement') {
    return leftJoined(query.selectFrom(start), names);
  }
  // In Kysely's types every query of this file selects from the memberships.
  const beginning = leftJoined(query.selectFrom(start as never) as unknown as Memberships, first);
  return leftJoined(beginning.crossJoin('account_entitlement').where(isMembershipOf(start)), others);
}

function isMembershipOf(start: 'account' | 'entitlement'): RawBuilder<SqlBool> {
  return sql`${sql.ref(`account_entitlement.${start}_id`)} = ${sql.ref(`${start}.id`)}`;
}

function leftJoined(builder: Memberships, names: readonly Joined[]): Memberships {
  return names.reduce<Memberships>((all, name) => {
    const { table, on } = joins[name];
    return all.leftJoin(table.as(name), (join) => join.on(on)) as unknown as Memberships;
  }, builder);
}
