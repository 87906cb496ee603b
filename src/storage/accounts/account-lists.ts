import { type RawBuilder, sql } from 'kysely';
import type { ListQuery } from '../../list-query.ts';
import { accountColumns, type AccountRow, identityState } from './accounts.ts';
import type { Column, Columns } from '../query/condition.ts';
import type { Database } from '../database.ts';
import { orderBy } from '../query/order.ts';
import { matching, page, rowOf } from '../query/page.ts';

const isUncorrelated = sql`case when account.identity_id is null then 1 else 0 end`;

/** The columns of filters and sorters, by their names in the contract (B.2). */
const columns: Columns = {
  id: { expression: sql.ref('account.id'), type: 'id', nullable: false },
  identityId: { expression: sql.ref('account.identity_id'), type: 'id', nullable: true },
  'identity.id': { expression: sql.ref('account.identity_id'), type: 'id', nullable: true },
  name: { expression: sql.ref('account.name_folded'), type: 'text', nullable: false },
  nativeIdentity: { expression: sql.ref('account.native_identity_folded'), type: 'text', nullable: false },
  uuid: { expression: sql.ref('account.uuid_folded'), type: 'text', nullable: true },
  sourceId: { expression: sql.ref('account.source_id'), type: 'id', nullable: false },
  hasEntitlements: { expression: sql.ref('account.has_entitlements'), type: 'boolean', nullable: false },
  entitlements: { expression: sql.ref('account.has_entitlements'), type: 'boolean', nullable: false },
  uncorrelated: { expression: isUncorrelated, type: 'boolean', nullable: false },
  manuallyCorrelated: { expression: sql.ref('account.is_manually_correlated'), type: 'boolean', nullable: false },
  origin: { expression: sql`lower(account.origin)`, type: 'text', nullable: false },
  created: { expression: sql.ref('account.created'), type: 'time', nullable: false },
  modified: { expression: sql.ref('account.modified'), type: 'time', nullable: false },
  'identity.name': ofIdentity(sql.ref('identity.name_folded'), 'text'),
  'identity.correlated': ofIdentity(sql.ref('identity.is_correlated'), 'boolean'),
  'identity.identityState': ofIdentity(sql`lower(${identityState})`, 'text'),
  'source.displayableName': ofSource(sql.ref('source.name_folded'), 'text'),
  'source.authoritative': ofSource(sql.ref('source.authoritative'), 'boolean'),
  'source.connectionType': ofSource(sql.ref('source.connection_type_folded'), 'text'),
  // There are no recommendations yet.
  'recommendation.method': { expression: sql`cast(null as text)`, type: 'text', nullable: true },
  'recommendation.type': { expression: sql`cast(null as text)`, type: 'text', nullable: true },
};

/** Returns a column of the account's identity. */
function ofIdentity(expression: RawBuilder<unknown>, type: Column['type']): Column {
  return {
    expression: sql`(select ${expression} from identity where identity.id = account.identity_id)`,
    type,
    nullable: true,
    lookup: {
      expression,
      // Without the test for null the condition, and its negation, would be unknown for uncorrelated accounts.
      among: (test) =>
        sql`(account.identity_id is not null and account.identity_id in (select identity.id from identity where ${test}))`,
    },
  };
}

/** Returns a column of the account's source. */
function ofSource(expression: RawBuilder<unknown>, type: Column['type']): Column {
  return {
    expression: sql`(select ${expression} from source where source.id = account.source_id)`,
    type,
    nullable: false,
    lookup: {
      expression,
      among: (test) => sql`account.source_id in (select source.id from source where ${test})`,
    },
  };
}

/** Returns one page of accounts. A subquery selects the page first, so that only its rows are read completely. */
export async function findAccounts(database: Database, list: ListQuery): Promise<AccountRow[]> {
  const row = rowOf(database, 'account');
  const found = page(database.scan.query.selectFrom('account').select(row.as('row')), list, columns);
  return database.scan.query
    .selectFrom(found.as('hit'))
    .crossJoin('account')
    .where(row, '=', sql.ref<string>('hit.row'))
    .select(accountColumns)
    .orderBy(orderBy(list.sorts, columns))
    .execute();
}

/** Returns the number of accounts that match the filter of a list. */
export async function countAccounts(database: Database, list: ListQuery): Promise<number> {
  const counted = database.scan.query
    .selectFrom('account')
    .select((expression) => expression.fn.countAll<number>().as('count'));
  return Number((await matching(counted, list, columns).executeTakeFirstOrThrow()).count);
}
