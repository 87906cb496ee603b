import { sql } from 'kysely';
import type { Session } from '../database.ts';
import { fold } from '../query/fold.ts';
import { columnName, foldedColumnName, type RecordTable, type Row } from '../resources/record-table.ts';
import { recordTables } from '../resources/record-tables.ts';
import { type Invariant, mostViolations } from './invariant.ts';

/** Folded columns contain the folded values of the columns from which they are derived. */
export const foldedColumns: Invariant = {
  name: 'folded columns match their values',
  isThorough: true,
  violations: async (session) => {
    const found: string[] = [];
    for (const read of [
      entitlementsAfter,
      accountsAfter,
      identitiesAfter,
      metadataAttributesAfter,
      ...recordTables.map(recordsAfter),
    ]) {
      for (let last = '', size = pageSize; size === pageSize && found.length < mostViolations;) {
        const rows = await read(session, last);
        found.push(...rows.flatMap(({ what, pairs }) => (pairs.every(agree) ? [] : [what])));
        last = rows.at(-1)?.id ?? last;
        size = rows.length;
      }
    }
    return found.slice(0, mostViolations);
  },
};

const pageSize = 2000;

/** A value and its folded column. */
type Pair = readonly [value: string | null, folded: string | null];

interface FoldedRow {
  readonly id: string;
  readonly what: string;
  readonly pairs: readonly Pair[];
}

function agree([value, folded]: Pair): boolean {
  return (value === null ? null : fold(value)) === folded;
}

async function entitlementsAfter({ query }: Session, last: string): Promise<FoldedRow[]> {
  const rows = await query
    .selectFrom('entitlement')
    .select(['id', 'type', 'type_folded', 'value', 'value_folded', 'name_folded'])
    .select(['is_name_manual', 'manual_name', 'source_display_name'])
    .where('id', '>', last)
    .orderBy('id')
    .limit(pageSize)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    what: `entitlement ${row.id}`,
    pairs: [
      [row.type, row.type_folded],
      [row.value, row.value_folded],
      [(row.is_name_manual === 1 ? row.manual_name : row.source_display_name) ?? row.value, row.name_folded],
    ],
  }));
}

async function accountsAfter({ query }: Session, last: string): Promise<FoldedRow[]> {
  const rows = await query
    .selectFrom('account')
    .select(['id', 'native_identity', 'native_identity_folded', 'name', 'name_folded', 'uuid', 'uuid_folded'])
    .where('id', '>', last)
    .orderBy('id')
    .limit(pageSize)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    what: `account ${row.id}`,
    pairs: [
      [row.native_identity, row.native_identity_folded],
      [row.name ?? '', row.name_folded],
      [row.uuid, row.uuid_folded],
    ],
  }));
}

async function identitiesAfter({ query }: Session, last: string): Promise<FoldedRow[]> {
  const rows = await query
    .selectFrom('identity')
    .select(['id', 'alias', 'alias_folded', 'name', 'name_folded', 'email', 'email_folded'])
    .where('id', '>', last)
    .orderBy('id')
    .limit(pageSize)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    what: `identity ${row.id}`,
    pairs: [
      [row.alias, row.alias_folded],
      [row.name, row.name_folded],
      [row.email, row.email_folded],
    ],
  }));
}

async function metadataAttributesAfter({ query }: Session, last: string): Promise<FoldedRow[]> {
  const rows = await query
    .selectFrom('metadata_attribute')
    .select(['id', 'key', 'name', 'name_folded'])
    .where('id', '>', last)
    .orderBy('id')
    .limit(pageSize)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    what: `metadata attribute ${row.key}`,
    pairs: [
      [row.key, row.id],
      [row.name, row.name_folded],
    ],
  }));
}

/** Returns the reader for a table of governance objects. */
function recordsAfter(table: RecordTable): (session: Session, last: string) => Promise<FoldedRow[]> {
  return async ({ query }, last) => {
    const { rows } = await sql<Row & { id: string }>`
      select * from ${sql.table(table.name)} where id > ${last} order by id limit ${pageSize}`.execute(query);
    return rows.map((row) => ({
      id: row.id,
      what: `${table.name} ${row.id}`,
      pairs: Object.keys(table.columns).flatMap((field): Pair[] => {
        const folded = foldedColumnName(table, field);
        return folded === undefined ? [] : [[textIn(row, columnName(table, field)), textIn(row, folded)]];
      }),
    }));
  };
}

function textIn(row: Row, column: string): string | null {
  return (row[column] ?? null) as string | null;
}
