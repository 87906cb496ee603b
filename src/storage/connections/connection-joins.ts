import { type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import { effectivePrivileges } from '../entitlements/entitlement-privileges.ts';

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
}

const isOfMembership = (table: string): RawBuilder<SqlBool> =>
  sql`${sql.ref(`${table}.account_id`)} = account_entitlement.account_id
    and ${sql.ref(`${table}.entitlement_id`)} = account_entitlement.entitlement_id`;

/** Each table follows those that its join refers to. */
const joins: Readonly<Record<Joined, Join>> = {
  account: { table: sql`account`, on: sql`account.id = account_entitlement.account_id` },
  identity: { table: sql`identity`, on: sql`identity.id = account.identity_id` },
  source: { table: sql`source`, on: sql`source.id = account.source_id` },
  entitlement: { table: sql`entitlement`, on: sql`entitlement.id = account_entitlement.entitlement_id` },
  source_schema: {
    table: sql`source_schema`,
    on: sql`source_schema.source_id = entitlement.source_id and source_schema.name = entitlement.type`,
  },
  privileged: { table: effectivePrivileges, on: sql`privileged.id = account_entitlement.entitlement_id` },
  connection: { table: sql`connection`, on: isOfMembership('connection') },
  through_role: {
    table: sql`(select distinct connection_reason.account_id, connection_reason.entitlement_id
      from connection_reason where ${isThroughRole})`,
    on: isOfMembership('through_role'),
  },
};

/**
 * Joins tables to the memberships, so that an engine can sort by them without a subquery for each row. Every membership
 * is kept, and has at most one row of each table.
 */
export function joined<DB, TB extends keyof DB, O>(
  builder: SelectQueryBuilder<DB, TB, O>,
  tables: ReadonlySet<Joined>,
): SelectQueryBuilder<DB, TB, O> {
  let all = builder;
  for (const [name, { table, on }] of Object.entries(joins) as [Joined, Join][]) {
    if (tables.has(name)) {
      // On SQLite a left join also keeps the order of the tables.
      all = all.leftJoin(table.as(name), (join) => join.on(on)) as unknown as typeof all;
    }
  }
  return all;
}
