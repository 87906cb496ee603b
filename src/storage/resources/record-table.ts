/**
 * The declaration of a table of plain governance objects. Reading, writing, filters, the change record, the invariants
 * and what becomes of references to deleted identities all follow from it.
 *
 * Every table has `id`, `created`, `modified` and `version` besides the declared columns. A field `ownerName` is the
 * column `owner_name`; what is kept beside or instead of that stands at each kind.
 */

/** The kind of a column, with the type `T` of its field in a record. */
export interface ColumnKind<T> {
  readonly kind: 'text' | 'flag' | 'time' | 'json' | 'identity';
  /** Whether the field may be null. */
  readonly isOptional: boolean;
  /** Never set: it only carries the type. */
  readonly type?: T;
}

/** An identity that a record refers to. Its name is read with the record: it is today's. */
export interface IdentityReference {
  readonly id: string;
  readonly name: string;
}

/** A name or the like, at most 2000 bytes. `…_folded` holds what it is compared and sorted by. */
export const text: ColumnKind<string> = { kind: 'text', isOptional: false };
/** A longer text that nothing is compared with. */
export const optionalText: ColumnKind<string | null> = { kind: 'text', isOptional: true };
export const flag: ColumnKind<boolean> = { kind: 'flag', isOptional: false };
/** UTC milliseconds. */
export const time: ColumnKind<number> = { kind: 'time', isOptional: false };
export const optionalTime: ColumnKind<number | null> = { kind: 'time', isOptional: true };
/** The id of an identity, in `…_id`. An identity cannot be deleted while a record refers to it so. */
export const identity: ColumnKind<IdentityReference> = { kind: 'identity', isOptional: false };
/** The same, but it becomes null when the identity is deleted. */
export const optionalIdentity: ColumnKind<IdentityReference | null> = { kind: 'identity', isOptional: true };

/** A value that is stored as JSON. */
export function json<T>(): ColumnKind<T> {
  return { kind: 'json', isOptional: false };
}

/** A value that is stored as JSON, or null. */
export function optionalJson<T>(): ColumnKind<T | null> {
  return { kind: 'json', isOptional: true };
}

/** The declared columns of a table, by the names of their fields, which are the contract's. */
export type ColumnKinds = Readonly<Record<string, ColumnKind<unknown>>>;

export interface RecordTable<C extends ColumnKinds = ColumnKinds, O extends string = string> {
  readonly name: string;
  /** What the change record calls these objects. */
  readonly objectType: O;
  readonly columns: C;
}

/** The declared fields of a record. */
export type Fields<C extends ColumnKinds> = {
  readonly [Name in keyof C]: C[Name] extends ColumnKind<infer T> ? T : never;
};

/** What every record has. Times are UTC milliseconds. */
export interface RecordHead {
  readonly id: string;
  readonly created: number;
  readonly modified: number;
  readonly version: number;
}

/** A record of a table. */
export type RecordOf<C extends ColumnKinds> = Fields<C> & RecordHead;

/** A row as both engines store it. */
export type Row = Readonly<Record<string, string | number | null>>;

/** Declares a table. It has to be listed in `record-tables.ts`. */
export function recordTable<const O extends string, C extends ColumnKinds>(
  name: string,
  objectType: O,
  columns: C,
): RecordTable<C, O> {
  return { name, objectType, columns };
}

/** The column of a field, e.g. `owner_id` for the identity `owner`. Throws a plain Error when there is none. */
export function columnName({ name: table, columns }: RecordTable, field: string): string {
  const kind = columns[field]?.kind;
  if (kind === undefined) {
    throw new Error(`Table ${table} has no field "${field}".`);
  }
  const name = field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return kind === 'identity' ? `${name}_id` : name;
}

/** The column of the folded form of a field, where it has one. */
export function foldedColumnName(table: RecordTable, field: string): string | undefined {
  const column = table.columns[field];
  return column?.kind === 'text' && !column.isOptional ? `${columnName(table, field)}_folded` : undefined;
}

/** The fields of a table that refer to identities. */
export function identityFields({ columns }: RecordTable): string[] {
  return Object.keys(columns).filter((field) => columns[field]?.kind === 'identity');
}
