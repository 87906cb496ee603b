import { type ExpressionBuilder, sql } from 'kysely';
import type { ListQuery } from '../../list-query.ts';
import type { Columns } from '../query/condition.ts';
import type { Database, Session } from '../database.ts';
import { orderBy } from '../query/order.ts';
import { matching, page, rowOf } from '../query/page.ts';
import type { Tables } from '../tables.ts';

/** The identities that a list covers, before its filter. */
export type IdentityScope =
  /** All identities. */
  | 'all'
  /** Identities with an authoritative account, or created without a source. */
  | 'correlated'
  /** Correlated identities with a last name and an email address. */
  | 'complete';

/** The columns of filters and sorters, by their names in the contract (B.3). */
const columns: Columns = {
  id: { expression: sql.ref('identity.id'), type: 'id', nullable: false },
  name: { expression: sql.ref('identity.name_folded'), type: 'text', nullable: false },
  alias: { expression: sql.ref('identity.alias_folded'), type: 'text', nullable: false },
  firstname: { expression: sql.ref('identity.first_name_folded'), type: 'text', nullable: true },
  lastname: { expression: sql.ref('identity.last_name_folded'), type: 'text', nullable: true },
  email: { expression: sql.ref('identity.email_folded'), type: 'text', nullable: true },
  cloudStatus: { expression: sql`lower(identity.cloud_status)`, type: 'text', nullable: false },
  processingState: { expression: sql`lower(identity.processing_state)`, type: 'text', nullable: true },
  correlated: { expression: sql.ref('identity.is_correlated'), type: 'boolean', nullable: false },
  protected: { expression: sql.ref('identity.is_protected'), type: 'boolean', nullable: false },
};

function shownColumns(expression: ExpressionBuilder<Tables, 'identity'>) {
  return [
    'identity.id',
    'identity.alias',
    'identity.name',
    'identity.email',
    'identity.attributes',
    'identity.manager_id as managerId',
    expression
      .selectFrom('identity as manager')
      .select('manager.name')
      .whereRef('manager.id', '=', 'identity.manager_id')
      .as('managerName'),
    sql<number>`case when exists (select 1 from identity report where report.manager_id = identity.id)
      then 1 else 0 end`.as('isManager'),
    'identity.lifecycle_state as lifecycleState',
    'identity.identity_status as identityStatus',
    'identity.processing_state as processingState',
    'identity.last_refresh as lastRefresh',
    'identity.created',
    'identity.modified',
    'identity.version',
  ] as const;
}

/** An identity as the API shows it. Times are UTC milliseconds, attributes a JSON object. */
export type IdentityRow = NonNullable<Awaited<ReturnType<typeof findIdentityRow>>>;

/** Returns one identity as the API shows it, or undefined. */
export async function findIdentityRow(session: Session, id: string) {
  return session.query.selectFrom('identity').select(shownColumns).where('identity.id', '=', id).executeTakeFirst();
}

/** Returns one page of identities. A subquery selects the page first, so that only its rows are read completely. */
export async function findIdentityRows(
  database: Database,
  scope: IdentityScope,
  list: ListQuery,
): Promise<IdentityRow[]> {
  const row = rowOf(database, 'identity');
  const found = page(inScope(database, scope).select(row.as('row')), list, columns);
  return database.scan.query
    .selectFrom(found.as('hit'))
    .crossJoin('identity')
    .where(row, '=', sql.ref<string>('hit.row'))
    .select((expression) => shownColumns(expression as unknown as ExpressionBuilder<Tables, 'identity'>))
    .orderBy(orderBy(list.sorts, columns))
    .execute();
}

/** Returns the number of identities that match the filter of a list. */
export async function countIdentityRows(database: Database, scope: IdentityScope, list: ListQuery): Promise<number> {
  const counted = inScope(database, scope).select((expression) => expression.fn.countAll<number>().as('count'));
  return Number((await matching(counted, list, columns).executeTakeFirstOrThrow()).count);
}

function inScope(database: Database, scope: IdentityScope) {
  return database.scan.query
    .selectFrom('identity')
    .$if(scope !== 'all', (query) => query.where('identity.is_correlated', '=', 1))
    .$if(scope === 'complete', (query) =>
      query.where('identity.last_name', 'is not', null).where('identity.email', 'is not', null),
    );
}
