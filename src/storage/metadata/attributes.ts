import { sql } from 'kysely';
import type { ListQuery } from '../../list-query.ts';
import type { Database, Session, Transaction } from '../database.ts';
import type { Columns } from '../query/condition.ts';
import { fold, foldSet } from '../query/fold.ts';
import { matching, page } from '../query/page.ts';
import type { MetadataAttributeTable } from '../tables.ts';

/** A value that an attribute can have. The `value` is its key and never changes. */
export interface MetadataValue {
  readonly value: string;
  readonly name: string;
  readonly status: 'active';
}

/** An attribute of access model metadata (contract B.6). Times are UTC milliseconds. */
export interface MetadataAttribute {
  /** Unique in any case of its letters; never changes. */
  readonly key: string;
  readonly name: string;
  readonly description: string | null;
  /** Whether an object can have several of the values. */
  readonly multiselect: boolean;
  readonly status: 'active';
  readonly type: 'custom' | 'governance';
  readonly objectTypes: readonly string[];
  readonly values: readonly MetadataValue[];
  readonly created: number;
  readonly modified: number;
  readonly version: number;
}

/** Attributes by their keys. */
export type MetadataAttributes = ReadonlyMap<string, MetadataAttribute>;

/** The columns of filters and sorters, by their names in the contract. */
const columns: Columns = {
  id: { expression: sql.ref('metadata_attribute.id'), type: 'text', nullable: false },
  key: { expression: sql.ref('metadata_attribute.id'), type: 'text', nullable: false },
  name: { expression: sql.ref('metadata_attribute.name_folded'), type: 'text', nullable: false },
  type: { expression: sql.ref('metadata_attribute.type'), type: 'id', nullable: false },
  status: { expression: sql.ref('metadata_attribute.status'), type: 'id', nullable: false },
  objectTypes: { expression: sql.ref('metadata_attribute.object_types_folded'), type: 'set', nullable: false },
};

/** The id of an attribute in its table and in the change record: the folded key. */
export function metadataAttributeId(key: string): string {
  return fold(key);
}

/** Returns the attributes with these keys that exist, in one query, or in none without keys. */
export async function findMetadataAttributes(session: Session, keys: readonly string[]): Promise<MetadataAttributes> {
  if (keys.length === 0) {
    return new Map();
  }
  const ids = [...new Set(keys.map(metadataAttributeId))];
  const rows = await session.query.selectFrom('metadata_attribute').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map(fromRow).map((attribute) => [attribute.key, attribute]));
}

/** Returns the attribute with this key, or undefined. */
export async function findMetadataAttribute(session: Session, key: string): Promise<MetadataAttribute | undefined> {
  return (await findMetadataAttributes(session, [key])).get(key);
}

/** Returns the attribute with this key, or undefined, and locks it until the transaction ends. */
export async function lockMetadataAttribute(
  transaction: Transaction,
  key: string,
): Promise<MetadataAttribute | undefined> {
  const row = await transaction.query
    .selectFrom('metadata_attribute')
    .selectAll()
    .where('id', '=', metadataAttributeId(key))
    .where('key', '=', key)
    .$if(transaction.dialect.locksRows, (query) => query.forUpdate())
    .executeTakeFirst();
  return row === undefined ? undefined : fromRow(row);
}

/** The key of an advisory lock: keys and names are given one after the other, so that each check sees the others. */
const namesLock = 7_163_096;

/** Makes other transactions that create or rename attributes wait until this one ends. */
export async function lockMetadataNames({ query, dialect }: Transaction): Promise<void> {
  if (dialect.locksRows) {
    await sql`SELECT pg_advisory_xact_lock(${namesLock})`.execute(query);
  }
}

/** Returns the key of the attribute with this key or name, ignoring case, or undefined. */
export async function findMetadataConflict(
  session: Session,
  field: 'key' | 'name',
  text: string,
): Promise<string | undefined> {
  const row = await session.query
    .selectFrom('metadata_attribute')
    .select('key')
    .where(field === 'key' ? 'id' : 'name_folded', '=', fold(text))
    .executeTakeFirst();
  return row?.key;
}

/** Returns one page of attributes, and their total number if `list.count` is true. */
export async function listMetadataAttributes(
  { scan }: Database,
  list: ListQuery,
): Promise<{ attributes: MetadataAttribute[]; total: number | undefined }> {
  const rows = await page(scan.query.selectFrom('metadata_attribute').selectAll(), list, columns).execute();
  const attributes = rows.map(fromRow);
  if (!list.count) {
    return { attributes, total: undefined };
  }
  const counting = scan.query.selectFrom('metadata_attribute').select(({ fn }) => fn.countAll<number>().as('total'));
  const { total } = await matching(counting, list, columns).executeTakeFirstOrThrow();
  return { attributes, total: Number(total) };
}

/** Inserts an attribute. Call `lockMetadataNames` before the check that its key and name are free. */
export async function insertMetadataAttribute(transaction: Transaction, attribute: MetadataAttribute): Promise<void> {
  await transaction.query.insertInto('metadata_attribute').values(toRow(attribute)).execute();
}

/** Updates a locked attribute. */
export async function updateMetadataAttribute(transaction: Transaction, attribute: MetadataAttribute): Promise<void> {
  const { id, key: _key, created: _created, ...changing } = toRow(attribute);
  await transaction.query.updateTable('metadata_attribute').set(changing).where('id', '=', id).execute();
}

/** Returns the state of an attribute for the change record. */
export function metadataAttributeState({
  created: _created,
  modified: _modified,
  version: _version,
  ...state
}: MetadataAttribute): Record<string, unknown> {
  return state;
}

/** Returns the current states of attributes by id, for the change record. */
export async function findMetadataAttributesById(
  { query }: Session,
  ids: readonly string[],
): Promise<Map<string, MetadataAttribute>> {
  const rows = await query.selectFrom('metadata_attribute').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, fromRow(row)]));
}

function toRow(attribute: MetadataAttribute): MetadataAttributeTable {
  return {
    id: metadataAttributeId(attribute.key),
    key: attribute.key,
    name: attribute.name,
    name_folded: fold(attribute.name),
    description: attribute.description,
    multiselect: attribute.multiselect ? 1 : 0,
    status: attribute.status,
    type: attribute.type,
    object_types: JSON.stringify(attribute.objectTypes),
    object_types_folded: foldSet(attribute.objectTypes),
    known_values: JSON.stringify(attribute.values),
    created: attribute.created,
    modified: attribute.modified,
    version: attribute.version,
  };
}

function fromRow(row: MetadataAttributeTable): MetadataAttribute {
  return {
    key: row.key,
    name: row.name,
    description: row.description,
    multiselect: row.multiselect === 1,
    status: row.status as MetadataAttribute['status'],
    type: row.type as MetadataAttribute['type'],
    objectTypes: JSON.parse(row.object_types) as string[],
    values: JSON.parse(row.known_values) as MetadataValue[],
    created: row.created,
    modified: row.modified,
    version: row.version,
  };
}
