import { fold } from '../query/fold.ts';
import {
  type ColumnKind,
  type ColumnKinds,
  columnName,
  type Fields,
  foldedColumnName,
  type IdentityReference,
  type RecordHead,
  type RecordOf,
  type RecordTable,
  type Row,
} from './record-table.ts';

/** Returns the row of a record. */
export function rowOf<C extends ColumnKinds>(table: RecordTable<C>, record: RecordOf<C>): Row {
  const { id, created, modified, version } = record;
  const declared = Object.entries(table.columns).flatMap(([field, column]) => {
    const stored = storedValue(column, record[field]);
    const folded = foldedColumnName(table, field);
    return [
      [columnName(table, field), stored],
      ...(folded === undefined ? [] : [[folded, stored === null ? null : fold(String(stored))]]),
    ];
  });
  return { id, ...(Object.fromEntries(declared) as Row), created, modified, version };
}

/** Returns the record of a row, which has the names of identities in the columns of `nameColumn`. */
export function recordOf<C extends ColumnKinds>(table: RecordTable<C>, row: Row): RecordOf<C> {
  const fields = Object.entries(table.columns).map(([field, column]) => {
    const stored = row[columnName(table, field)] ?? null;
    return [field, stored === null ? null : fieldValue(column, stored, row[nameColumn(field)])];
  });
  const head: RecordHead = {
    id: String(row['id']),
    created: Number(row['created']),
    modified: Number(row['modified']),
    version: Number(row['version']),
  };
  return { ...(Object.fromEntries(fields) as Fields<C>), ...head };
}

/** Returns the declared fields for the change record: in the form of the contract, without the names of identities. */
export function stateOf<C extends ColumnKinds>(
  { columns }: RecordTable<C>,
  record: Fields<C>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(columns).map(([field, { kind }]) => {
      const value: unknown = record[field];
      if (value !== null && kind === 'identity') {
        return [field, { type: 'IDENTITY', id: (value as IdentityReference).id }];
      }
      return [field, value !== null && kind === 'time' ? new Date(Number(value)).toISOString() : value];
    }),
  );
}

/** Returns the column alias for the name of an identity. */
export function nameColumn(field: string): string {
  return `name of ${field}`;
}

function storedValue({ kind }: ColumnKind<unknown>, value: unknown): string | number | null {
  if (value === null) {
    return null;
  }
  switch (kind) {
    case 'flag':
      return value === true ? 1 : 0;
    case 'json':
      return JSON.stringify(value);
    case 'identity':
      return (value as IdentityReference).id;
    default:
      return value as string | number;
  }
}

function fieldValue({ kind }: ColumnKind<unknown>, stored: string | number, name: Row[string] | undefined): unknown {
  switch (kind) {
    case 'flag':
      return stored === 1;
    case 'json':
      return JSON.parse(String(stored));
    case 'identity':
      return { id: stored, name: name ?? '' };
    default:
      return stored;
  }
}
