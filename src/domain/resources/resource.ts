/** Plain governance objects: what all kinds have in common, derived from their declarations. */
import { notFound } from '../../errors.ts';
import type { ListQuery } from '../../list-query.ts';
import { type ChangedObject, difference, recordChanges } from '../../storage/changes/changes.ts';
import type { Database, Transaction } from '../../storage/database.ts';
import type { Columns } from '../../storage/query/condition.ts';
import { stateOf } from '../../storage/resources/record-rows.ts';
import type { ColumnKinds, Fields, RecordOf, RecordTable } from '../../storage/resources/record-table.ts';
import {
  countRecords,
  deleteRecord,
  findRecord,
  insertRecord,
  listRecords,
  lockRecord,
  updateRecord,
} from '../../storage/resources/records.ts';
import type { ChangeContext, ChangeOptions } from '../changes/change-context.ts';
import { checkVersion } from '../version.ts';
import { fieldsFrom, type ResourceInput } from './resource-fields.ts';

export type { ResourceInput } from './resource-fields.ts';
export type { ColumnKind, ColumnKinds, IdentityReference, RecordOf } from '../../storage/resources/record-table.ts';

/** The declaration of one kind of object. */
export interface Resource<C extends ColumnKinds> {
  /** The noun in error messages. */
  readonly noun: string;
  readonly table: RecordTable<C, ChangedObject>;
  readonly newId: () => string;
  /** Checks new fields against further rules, and returns the fields to store. Throws 400. */
  readonly rules?: (
    fields: Fields<C>,
    before: RecordOf<C> | undefined,
    transaction: Transaction,
  ) => MaybePromise<Fields<C>>;
  /** Called before an object is deleted; throws to reject the deletion. */
  readonly beforeDeletion?: (transaction: Transaction, record: RecordOf<C>, context: ChangeContext) => Promise<void>;
}

type MaybePromise<T> = T | Promise<T>;

/** One page of records, and the number of all matches if it was requested. */
export interface RecordPage<C extends ColumnKinds> {
  readonly records: readonly RecordOf<C>[];
  readonly total: number | undefined;
}

/** Returns one record. Throws 404. */
export async function getRecord<C extends ColumnKinds>(
  database: Database,
  { noun, table }: Resource<C>,
  id: string,
): Promise<RecordOf<C>> {
  return found(await findRecord(database.keyed, table, id), noun, id);
}

/**
 * Lists a page of records; fields of filters and sorters as in the contract.
 * @param others columns of other tables by which the list can be filtered
 */
export async function listPage<C extends ColumnKinds>(
  database: Database,
  { table }: Resource<C>,
  list: ListQuery,
  others: Columns = {},
): Promise<RecordPage<C>> {
  const [records, total] = await Promise.all([
    list.limit === 0 ? [] : listRecords(database, table, list, others),
    list.count ? countRecords(database, table, list, others) : undefined,
  ]);
  return { records, total };
}

/** Creates a record. Throws a 400 for a violated rule. */
export async function createRecord<C extends ColumnKinds>(
  database: Database,
  resource: Resource<C>,
  input: ResourceInput,
  context: ChangeContext,
): Promise<RecordOf<C>> {
  const { table } = resource;
  return database.write(async (transaction) => {
    const fields = await fieldsAfter(transaction, resource, input, undefined);
    const now = Date.now();
    const record = { ...fields, id: resource.newId(), created: now, modified: now, version: 1 };
    await insertRecord(transaction, table, record);
    await recordChanges(transaction, context, now, [
      {
        objectType: table.objectType,
        objectId: record.id,
        kind: 'created',
        before: null,
        after: stateOf(table, fields),
      },
    ]);
    return record;
  });
}

/**
 * Changes a record. Writes nothing if nothing has changed.
 * @param edit returns the input for the current record; may run more than once
 * @throws 404, 412, what `edit` throws, and a 400 for a violated rule
 */
export async function changeRecord<C extends ColumnKinds>(
  database: Database,
  resource: Resource<C>,
  id: string,
  edit: (record: RecordOf<C>) => ResourceInput,
  { ifMatch, context }: ChangeOptions,
): Promise<RecordOf<C>> {
  return database.write(async (transaction) => {
    const before = await lockedRecord(transaction, resource, id, ifMatch);
    const fields = await fieldsAfter(transaction, resource, edit(before), before);
    return storeRecord(transaction, resource.table, before, fields, context, Date.now());
  });
}

/** Deletes a record. Throws 404, 412, and what `beforeDeletion` throws. */
export async function removeRecord<C extends ColumnKinds>(
  database: Database,
  resource: Resource<C>,
  id: string,
  { ifMatch, context }: ChangeOptions,
): Promise<void> {
  const { table } = resource;
  await database.write(async (transaction) => {
    const record = await lockedRecord(transaction, resource, id, ifMatch);
    await resource.beforeDeletion?.(transaction, record, context);
    await deleteRecord(transaction, table, id);
    await recordChanges(transaction, context, Date.now(), [
      { objectType: table.objectType, objectId: id, kind: 'deleted', before: stateOf(table, record), after: null },
    ]);
  });
}

/** Stores and records new fields of a locked record. Writes nothing if nothing has changed. */
export async function storeRecord<C extends ColumnKinds>(
  transaction: Transaction,
  table: RecordTable<C, ChangedObject>,
  before: RecordOf<C>,
  fields: Fields<C>,
  context: ChangeContext,
  now: number,
): Promise<RecordOf<C>> {
  const changed = difference(stateOf(table, before), stateOf(table, fields));
  if (changed === undefined) {
    return before;
  }
  const after = { ...before, ...fields, modified: now, version: before.version + 1 };
  await updateRecord(transaction, table, after);
  await recordChanges(transaction, context, now, [
    { objectType: table.objectType, objectId: before.id, kind: 'updated', ...changed },
  ]);
  return after;
}

async function lockedRecord<C extends ColumnKinds>(
  transaction: Transaction,
  { noun, table }: Resource<C>,
  id: string,
  ifMatch: number | undefined,
): Promise<RecordOf<C>> {
  const record = found(await lockRecord(transaction, table, id), noun, id);
  checkVersion(ifMatch, record.version);
  return record;
}

async function fieldsAfter<C extends ColumnKinds>(
  transaction: Transaction,
  { table, rules }: Resource<C>,
  input: ResourceInput,
  before: RecordOf<C> | undefined,
): Promise<Fields<C>> {
  const fields = await fieldsFrom(transaction, table, input, before);
  return rules === undefined ? fields : rules(fields, before, transaction);
}

function found<R>(record: R | undefined, noun: string, id: string): R {
  if (record === undefined) {
    throw notFound(noun, id);
  }
  return record;
}
