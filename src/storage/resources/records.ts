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

/** One record by its id, or undefined. */
export async function findRecord<C extends ColumnKinds>(
  session: Session,
  table: RecordTable<C>,
  id: string,
): Promise<RecordOf<C> | undefined> {
  const row = await selectRecords(session, table).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : recordOf(table, row);
}

/** One record that this transaction is going to change; nobody else can until it has ended. */
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

/** One page of records. Filters and sorters have the names of the fields; a reference has `.id` and `.name`. */
export async function listRecords<C extends ColumnKinds>(
  { scan }: Database,
  table: RecordTable<C>,
  list: ListQuery,
): Promise<RecordOf<C>[]> {
  const rows = await page(selectRecords(scan, table), list, listColumns(table)).execute();
  return rows.map((row) => recordOf(table, row));
}

/** The number of records that a list's filter selects. */
export async function countRecords({ scan }: Database, table: RecordTable, list: ListQuery): Promise<number> {
  const counted = rowsIn(scan)
    .selectFrom(table.name)
    .select(({ fn }) => fn.countAll<number>().as('count'));
  return Number((await matching(counted, list, listColumns(table)).executeTakeFirstOrThrow()).count);
}

/** Those of the records with these ids that exist, in no order. */
export async function findRecords<C extends ColumnKinds>(
  session: Session,
  table: RecordTable<C>,
  ids: readonly string[],
): Promise<RecordOf<C>[]> {
  const rows = await selectRecords(session, table).where('id', 'in', ids).execute();
  return rows.map((row) => recordOf(table, row));
}

/** Locks the records whose `field` refers to an identity, in the order of their ids: at most `limit`. */
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

/** Adds a record. The engine refuses an id that is there already. */
export async function insertRecord<C extends ColumnKinds>(
  transaction: Transaction,
  table: RecordTable<C>,
  record: RecordOf<C>,
): Promise<void> {
  await rowsIn(transaction).insertInto(table.name).values(rowOf(table, record)).execute();
}

/** Writes a record that was locked before. */
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

/** The same connection for tables that only their declarations know. */
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

/** The columns behind the fields of filters and sorters. What is not folded cannot be compared. */
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
        return folded === undefined ? [] : [[field, of(folded, 'text', false)]];
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
