/**
 * The declaration of a table of governance objects. Reads, writes, filters, the change record, the invariants and the
 * handling of references to deleted identities are derived from it.
 *
 * Every table has `id`, `created`, `modified` and `version` in addition to the declared columns. The column of a field
 * `ownerName` is `owner_name`; additional or other columns are documented at each kind.
 */

/** The kind of a column, with the type `T` of its field in a record. */
export interface ColumnKind<T> {
  readonly kind: 'text' | 'flag' | 'time' | 'json' | 'identity';
  /** Whether the field may be null. */
  readonly isOptional: boolean;
  /** Whether a text has a folded column, by which it can be filtered and sorted. */
  readonly isFolded?: boolean;
  /** Never set: it only holds the type. */
  readonly type?: T;
}

/** An identity that a record refers to, with its current name. */
export interface IdentityReference {
  readonly id: string;
  readonly name: string;
}

/** A short text, such as a name, of at most 2000 bytes. It has a folded column `…_folded`. */
export const text: ColumnKind<string> = { kind: 'text', isOptional: false, isFolded: true };
/** A longer text that cannot be filtered or sorted. */
export const optionalText: ColumnKind<string | null> = { kind: 'text', isOptional: true };
/** A longer text that can be sorted. It has a folded column `…_folded`. */
export const sortableText: ColumnKind<string | null> = { kind: 'text', isOptional: true, isFolded: true };
export const flag: ColumnKind<boolean> = { kind: 'flag', isOptional: false };
/** UTC milliseconds. */
export const time: ColumnKind<number> = { kind: 'time', isOptional: false };
export const optionalTime: ColumnKind<number | null> = { kind: 'time', isOptional: true };
/** The id of an identity, in `…_id`. An identity cannot be deleted while a record refers to it. */
export const identity: ColumnKind<IdentityReference> = { kind: 'identity', isOptional: false };
/** The id of an identity, in `…_id`. It becomes null when the identity is deleted. */
export const optionalIdentity: ColumnKind<IdentityReference | null> = { kind: 'identity', isOptional: true };

/** Returns the kind of a column with JSON. */
export function json<T>(): ColumnKind<T> {
  return { kind: 'json', isOptional: false };
}

/** Returns the kind of a column with JSON or null. */
export function optionalJson<T>(): ColumnKind<T | null> {
  return { kind: 'json', isOptional: true };
}

/** The declared columns of a table, by field name, which is the contract's. */
export type ColumnKinds = Readonly<Record<string, ColumnKind<unknown>>>;

export interface RecordTable<C extends ColumnKinds = ColumnKinds, O extends string = string> {
  readonly name: string;
  /** The object type in the change record. */
  readonly objectType: O;
  readonly columns: C;
}

/** The declared fields of a record. */
export type Fields<C extends ColumnKinds> = {
  readonly [Name in keyof C]: C[Name] extends ColumnKind<infer T> ? T : never;
};

/** The fields of every record. Times are UTC milliseconds. */
export interface RecordHead {
  readonly id: string;
  readonly created: number;
  readonly modified: number;
  readonly version: number;
}

/** A record of a table. */
export type RecordOf<C extends ColumnKinds> = Fields<C> & RecordHead;

/** A row as stored by both engines. */
export type Row = Readonly<Record<string, string | number | null>>;

/** Declares a table. Add it to `record-tables.ts`. */
export function recordTable<const O extends string, C extends ColumnKinds>(
  name: string,
  objectType: O,
  columns: C,
): RecordTable<C, O> {
  return { name, objectType, columns };
}

/** Returns the column of a field, e.g. `owner_id` for the identity `owner`. Throws a plain Error if there is none. */
export function columnName({ name: table, columns }: RecordTable, field: string): string {
  const kind = columns[field]?.kind;
  if (kind === undefined) {
    throw new Error(`Table ${table} has no field "${field}".`);
  }
  const name = field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return kind === 'identity' ? `${name}_id` : name;
}

/** Returns the folded column of a field, or undefined. */
export function foldedColumnName(table: RecordTable, field: string): string | undefined {
  return table.columns[field]?.isFolded === true ? `${columnName(table, field)}_folded` : undefined;
}

/** Returns the fields of a table that refer to identities. */
export function identityFields({ columns }: RecordTable): string[] {
  return Object.keys(columns).filter((field) => columns[field]?.kind === 'identity');
}
