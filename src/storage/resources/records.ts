import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ListQuery } from '../../list-query.ts';
import type { Database, Session, Transaction } from '../database.ts';
import type { Columns, ColumnType } from '../query/condition.ts';
import { matching, page } from '../query/page.ts';
import { nameColumn, recordOf, rowOf } from './record-rows.ts';
import {
  type ColumnKinds,
  columnName,
  foldedColumnName,
  identityFields,
  type RecordOf,
  type RecordTable,
  type Row,
} from './record-table.ts';

/** Returns the record with this id, or undefined. */
export async function findRecord<C extends ColumnKinds>(
  session: Session,
  table: RecordTable<C>,
  id: string,
): Promise<RecordOf<C> | undefined> {
  const row = await selectRecords(session, table).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : recordOf(table, row);
}

/** Returns the record with this id, or undefined, and locks it until the transaction ends. */
export async function lockRecord<C extends ColumnKinds>(
  transaction: Transaction,
  table: RecordTable<C>,
  id: string,
): Promise<RecordOf<C> | undefined> {
  const row = await selectRecords(transaction, table)
    .where('id', '=', id)
    .$if(transaction.dialect.locksRows, (query) => query.forUpdate())
    .executeTakeFirst();
  return row === undefined ? undefined : recordOf(table, row);
}

/**
 * Returns one page of records. Filters and sorters have the names of the fields; a reference has `.id` and `.name`.
 * @param others columns of other tables by which the list can be filtered
 */
export async function listRecords<C extends ColumnKinds>(
  { scan }: Database,
  table: RecordTable<C>,
  list: ListQuery,
  others: Columns = {},
): Promise<RecordOf<C>[]> {
  const rows = await page(selectRecords(scan, table), list, { ...listColumns(table), ...others }).execute();
  return rows.map((row) => recordOf(table, row));
}

/** Returns the number of records that match the filter of a list; `others` as for `listRecords`. */
export async function countRecords(
  { scan }: Database,
  table: RecordTable,
  list: ListQuery,
  others: Columns = {},
): Promise<number> {
  const counted = rowsIn(scan)
    .selectFrom(table.name)
    .select(({ fn }) => fn.countAll<number>().as('count'));
  const columns = { ...listColumns(table), ...others };
  return Number((await matching(counted, list, columns).executeTakeFirstOrThrow()).count);
}

/** Returns the records with these ids that exist, in no particular order. */
export async function findRecords<C extends ColumnKinds>(
  session: Session,
  table: RecordTable<C>,
  ids: readonly string[],
): Promise<RecordOf<C>[]> {
  const rows = await selectRecords(session, table).where('id', 'in', ids).execute();
  return rows.map((row) => recordOf(table, row));
}

/** Returns up to `limit` records whose `field` refers to an identity, sorted by id, and locks them. */
export async function lockReferrers<C extends ColumnKinds>(
  transaction: Transaction,
  table: RecordTable<C>,
  field: string,
  identityId: string,
  limit: number,
): Promise<RecordOf<C>[]> {
  const rows = await selectRecords(transaction, table)
    .where(columnName(table, field), '=', identityId)
    .orderBy('id')
    .limit(limit)
    .$if(transaction.dialect.locksRows, (query) => query.forUpdate())
    .execute();
  return rows.map((row) => recordOf(table, row));
}

/** Inserts a record. Fails with a unique violation if the id exists. */
export async function insertRecord<C extends ColumnKinds>(
  transaction: Transaction,
  table: RecordTable<C>,
  record: RecordOf<C>,
): Promise<void> {
  await rowsIn(transaction).insertInto(table.name).values(rowOf(table, record)).execute();
}

/** Updates a locked record. */
export async function updateRecord<C extends ColumnKinds>(
  transaction: Transaction,
  table: RecordTable<C>,
  record: RecordOf<C>,
): Promise<void> {
  const { id: _id, created: _created, ...changing } = rowOf(table, record);
  await rowsIn(transaction).updateTable(table.name).set(changing).where('id', '=', record.id).execute();
}

export async function deleteRecord(transaction: Transaction, table: RecordTable, id: string): Promise<void> {
  await rowsIn(transaction).deleteFrom(table.name).where('id', '=', id).execute();
}

/** Returns the query builder for tables that are known only by their declarations. */
function rowsIn({ query }: Session): Kysely<Record<string, Row>> {
  return query as unknown as Kysely<Record<string, Row>>;
}

function selectRecords(session: Session, table: RecordTable) {
  return rowsIn(session)
    .selectFrom(table.name)
    .selectAll()
    .select(identityFields(table).map((field) => identityName(table, field, 'name').as(nameColumn(field))));
}

function identityName(table: RecordTable, field: string, column: 'name' | 'name_folded'): RawBuilder<string | null> {
  const reference = sql.ref(`${table.name}.${columnName(table, field)}`);
  return sql<string | null>`(select ${sql.ref(`identity.${column}`)} from identity where identity.id = ${reference})`;
}

/** Returns the columns of filters and sorters. Texts without a folded column and JSON have none. */
function listColumns(table: RecordTable): Columns {
  const of = (column: string, type: ColumnType, nullable: boolean) => ({
    expression: sql.ref(`${table.name}.${column}`),
    type,
    nullable,
  });
  const declared = Object.entries(table.columns).flatMap(([field, column]): [string, Columns[string]][] => {
    const name = columnName(table, field);
    const folded = foldedColumnName(table, field);
    switch (column.kind) {
      case 'identity':
        return [
          [`${field}.id`, of(name, 'id', column.isOptional)],
          [
            `${field}.name`,
            { expression: identityName(table, field, 'name_folded'), type: 'text', nullable: column.isOptional },
          ],
        ];
      case 'text':
        return folded === undefined ? [] : [[field, of(folded, 'text', column.isOptional)]];
      case 'json':
        return [];
      default:
        return [[field, of(name, column.kind === 'flag' ? 'boolean' : 'time', column.isOptional)]];
    }
  });
  return {
    id: of('id', 'id', false),
    created: of('created', 'time', false),
    modified: of('modified', 'time', false),
    ...Object.fromEntries(declared),
  };
}
