import { isDeepStrictEqual } from 'node:util';
import { badRequestContent, illegalValue, notFound } from '../errors.ts';
import { countAccountsOf } from '../storage/account-aggregation.ts';
import { countEntitlementsOf } from '../storage/aggregation.ts';
import type { Database, Transaction } from '../storage/database.ts';
import * as stored from '../storage/source-schemas.ts';
import type { SourceSchema } from '../storage/source-schemas.ts';
import { touchSource } from '../storage/sources.ts';
import { findOpenTask } from '../storage/tasks.ts';
import type { ChangeContext } from './change-context.ts';
import { newId } from './ids.ts';
import { isChanged, recordSchemasCreated, recordSchemasDeleted, recordSchemaUpdated } from './schema-record.ts';
import {
  accountSchemaOf,
  attributesOf,
  type AttributeInput,
  checkSchema,
  withAccountAttributes,
} from './schema-rules.ts';
import { shownValue } from './shown-value.ts';
import { type ChangeOptions, getSource, lockedSource } from './sources.ts';
import { refuseUnstorable } from './storable.ts';
import { checkVersion } from './version.ts';

export type { SourceSchema } from '../storage/source-schemas.ts';
export { accountSchemaOf, groupSchemasOf } from './schema-rules.ts';

/** What a client sends as a schema: its shape is checked, nothing else. Null and absent mean the same. */
export interface SchemaInput {
  readonly id?: string | null;
  readonly name?: string | null;
  readonly nativeObjectType?: string | null;
  readonly identityAttribute?: string | null;
  readonly displayAttribute?: string | null;
  readonly hierarchyAttribute?: string | null;
  readonly includePermissions?: boolean | null;
  readonly features?: readonly string[] | null;
  readonly configuration?: Readonly<Record<string, unknown>> | null;
  readonly attributes?: readonly AttributeInput[] | null;
  readonly created?: string | null;
  readonly modified?: string | null;
}

/** A schema in the form of the contract (B.1), every field there; what it does not have is null. */
export type SchemaDocument = ReturnType<typeof schemaDocumentOf>;

/** A schema in the form of the contract. `schemas` are those of its source: links show their names. */
export function schemaDocumentOf(schema: SourceSchema, schemas: readonly stored.SchemaReference[]) {
  const names = new Map(schemas.map(({ id, name }) => [id, name]));
  return {
    id: schema.id,
    name: schema.name,
    nativeObjectType: schema.nativeObjectType,
    identityAttribute: schema.identityAttribute,
    displayAttribute: schema.displayAttribute,
    hierarchyAttribute: schema.hierarchyAttribute,
    includePermissions: schema.includePermissions,
    features: schema.features,
    configuration: schema.configuration,
    attributes: schema.attributes.map(({ schema: link, ...attribute }) => ({
      ...attribute,
      schema: link === null ? null : { type: 'CONNECTOR_SCHEMA' as const, id: link.id, name: names.get(link.id) ?? '' },
    })),
    created: new Date(schema.created).toISOString(),
    modified: new Date(schema.modified).toISOString(),
  };
}

/** One schema among all of its source. */
export interface SchemaOfSource {
  readonly schema: SourceSchema;
  readonly schemas: readonly SourceSchema[];
}

/** All schemas of a source in the order in which they were made; none when there is no such source. */
export async function listSchemas(database: Database, sourceId: string): Promise<SourceSchema[]> {
  return stored.findSchemas(database.keyed, sourceId);
}

/** Which schemas of a source are asked for. */
export interface SchemaSelection {
  readonly type?: 'group' | 'user' | undefined;
  readonly names?: readonly string[] | undefined;
}

/** Some schemas of a source, among all of them. Throws 404 when there is no such source. */
export async function selectSchemas(
  database: Database,
  sourceId: string,
  { type, names }: SchemaSelection,
): Promise<{ selected: readonly SourceSchema[]; schemas: readonly SourceSchema[] }> {
  await getSource(database, sourceId);
  const schemas = await listSchemas(database, sourceId);
  const account = accountSchemaOf(schemas);
  const selected = schemas.filter(
    (schema) =>
      (type === undefined || (type === 'user') === (schema === account)) &&
      (names === undefined || names.includes(schema.name)),
  );
  return { selected, schemas };
}

/** One schema of a source. Throws 404 when the source or the schema is not there. */
export async function getSchema(database: Database, sourceId: string, id: string): Promise<SchemaOfSource> {
  await getSource(database, sourceId);
  return schemaAmong(await listSchemas(database, sourceId), id);
}

/** Adds a schema to a source. Throws 404 for the source, and a 400 when the schema breaks a rule. */
export async function createSchema(
  database: Database,
  sourceId: string,
  input: SchemaInput,
  context: ChangeContext,
): Promise<SchemaOfSource> {
  refuseUnstorable(input, '');
  const { name } = input;
  if (name === undefined || name === null) {
    throw illegalValue('Field "name" is required.');
  }
  return editSchema(database, sourceId, context, (schemas, now) => {
    const schema = newSchema(sourceId, name, now);
    return { ...schema, ...fieldsOf(input, schema.id, name, schemas) };
  });
}

/** Replaces a schema. Throws 404, 412, and a 400 when it breaks a rule or changes id, name, created or modified. */
export async function replaceSchema(
  database: Database,
  sourceId: string,
  id: string,
  input: SchemaInput,
  options: ChangeOptions,
): Promise<SchemaOfSource> {
  return changeSchema(database, sourceId, id, options, (before) => {
    refuseChanged(before, { ...before, ...withoutNulls(input) });
    return input;
  });
}

/**
 * Changes a schema by a patch of its document.
 * @param patch gives the patched document with its shape checked; it may run more than once
 * @throws as `replaceSchema`, and what `patch` throws
 */
export async function patchSchema(
  database: Database,
  sourceId: string,
  id: string,
  patch: (document: SchemaDocument) => SchemaInput,
  options: ChangeOptions,
): Promise<SchemaOfSource> {
  return changeSchema(database, sourceId, id, options, (before) => {
    const patched = patch(before);
    refuseChanged(before, patched);
    return patched;
  });
}

/** Removes a schema; attributes that link to it lose the link. Throws 404, 412, and 400 while it has objects. */
export async function deleteSchema(
  database: Database,
  sourceId: string,
  id: string,
  { ifMatch, context }: ChangeOptions,
): Promise<void> {
  await database.write(async (transaction) => {
    await lockedSource(transaction, sourceId);
    const schemas = await stored.findSchemas(transaction, sourceId);
    const { schema } = schemaAmong(schemas, id);
    checkVersion(ifMatch, schema.version);
    await refuseDuringLoad(transaction, sourceId, `Schema ${shownValue(schema.name)} cannot be deleted`);
    const isOfAccounts = schema === accountSchemaOf(schemas);
    const count = isOfAccounts
      ? await countAccountsOf(transaction, sourceId)
      : await countEntitlementsOf(transaction, { sourceId, type: schema.name });
    if (count > 0) {
      throw badRequestContent(
        isOfAccounts
          ? `Schema "${schema.name}" cannot be deleted: the source has ${count} accounts. Remove them first (POST /sources/{id}/remove-accounts).`
          : `Schema "${schema.name}" cannot be deleted: the source has ${count} entitlements of this type. They are deleted with the source.`,
      );
    }
    const rest = schemas.filter((other) => other.id !== id).map((other) => withoutLinksTo(id, other));
    await saveSchemas(transaction, sourceId, schemas, rest, context, Date.now());
  });
}

/**
 * Makes or changes one schema of a source under the source's lock.
 * @param edit gives the schema as it is to be, from all schemas of the source; rules are checked and what follows
 *   from it is set afterwards
 * @throws 404 when there is no such source, what `edit` throws, and a 400 when a rule is broken
 */
export async function editSchema(
  database: Database,
  sourceId: string,
  context: ChangeContext,
  edit: (schemas: readonly SourceSchema[], now: number) => SourceSchema,
): Promise<SchemaOfSource> {
  return database.write(async (transaction) => {
    await lockedSource(transaction, sourceId);
    const now = Date.now();
    const before = await stored.findSchemas(transaction, sourceId);
    const edited = edit(before, now);
    const isNew = before.every(({ id }) => id !== edited.id);
    const wanted = isNew ? [...before, edited] : before.map((other) => (other.id === edited.id ? edited : other));
    const after = await saveSchemas(transaction, sourceId, before, wanted, context, now);
    return schemaAmong(after, edited.id);
  });
}

/** A schema with nothing in it yet. */
export function newSchema(sourceId: string, name: string, now: number): SourceSchema {
  const fields = fieldsOf({}, '', name, []);
  return { ...fields, id: newId(), sourceId, accountAttribute: null, created: now, modified: now, version: 1 };
}

function changeSchema(
  database: Database,
  sourceId: string,
  id: string,
  { ifMatch, context }: ChangeOptions,
  change: (before: SchemaDocument) => SchemaInput,
): Promise<SchemaOfSource> {
  return editSchema(database, sourceId, context, (schemas) => {
    const { schema } = schemaAmong(schemas, id);
    checkVersion(ifMatch, schema.version);
    const input = change(schemaDocumentOf(schema, schemas));
    refuseUnstorable(input, '');
    return { ...schema, ...fieldsOf(input, id, schema.name, schemas) };
  });
}

/** Writes and records what differs. Versions count only what is shown; the account attribute follows silently. */
async function saveSchemas(
  transaction: Transaction,
  sourceId: string,
  before: readonly SourceSchema[],
  wanted: readonly SourceSchema[],
  context: ChangeContext,
  now: number,
): Promise<readonly SourceSchema[]> {
  const former = new Map(before.map((schema) => [schema.id, schema]));
  const created = wanted.filter(({ id }) => !former.has(id));
  for (const schema of wanted) {
    if (!isDeepStrictEqual(schema, former.get(schema.id))) {
      checkSchema(schema, wanted);
    }
  }
  for (const schema of wanted) {
    await refuseOtherKey(transaction, former.get(schema.id), schema);
  }
  const after = withAccountAttributes(wanted).map((schema) => {
    const old = former.get(schema.id);
    return old !== undefined && isChanged(old, schema)
      ? { ...schema, modified: now, version: old.version + 1 }
      : schema;
  });
  const ids = new Set(after.map(({ id }) => id));
  const deleted = before.filter(({ id }) => !ids.has(id));
  for (const { id } of deleted) {
    await stored.deleteSchema(transaction, id);
  }
  if (created.length > 0) {
    await stored.insertSchemas(
      transaction,
      after.filter(({ id }) => !former.has(id)),
    );
  }
  for (const schema of after) {
    const old = former.get(schema.id);
    if (old !== undefined && !isDeepStrictEqual(old, schema)) {
      await stored.updateSchema(transaction, schema);
      await recordSchemaUpdated(transaction, old, schema, context, now);
    }
  }
  await recordSchemasCreated(transaction, created, context, now);
  await recordSchemasDeleted(transaction, deleted, context, now);
  if (created.length > 0 || deleted.length > 0) {
    await touchSource(transaction, sourceId, now);
  }
  return after;
}

/** With another key the next file would create every entitlement a second time. Throws a 400. */
async function refuseOtherKey(
  transaction: Transaction,
  before: SourceSchema | undefined,
  { sourceId, name, identityAttribute }: SourceSchema,
): Promise<void> {
  const key = before?.identityAttribute ?? null;
  if (key === null || key === identityAttribute) {
    return;
  }
  await refuseDuringLoad(
    transaction,
    sourceId,
    `The identityAttribute of schema ${shownValue(name)} cannot be changed`,
  );
  const count = await countEntitlementsOf(transaction, { sourceId, type: name });
  if (count > 0) {
    const entitlements = count === 1 ? '1 entitlement' : `${count} entitlements`;
    throw badRequestContent(
      `Field "identityAttribute" of schema ${shownValue(name)} cannot become ${shownValue(identityAttribute)}: the source has ${entitlements} of this type, ` +
        `and the next file would create all of them a second time. Keep the key column ${shownValue(key)}, or make a new schema.`,
    );
  }
}

/** Throws a 400 while a task works on the source: it has begun with the schemas as they are. */
async function refuseDuringLoad(transaction: Transaction, sourceId: string, what: string): Promise<void> {
  const task = await findOpenTask(transaction, sourceId);
  if (task !== undefined) {
    throw badRequestContent(`${what} while task ${task} works on the source. Wait until it has ended.`);
  }
}

type Fields = Omit<SourceSchema, 'id' | 'sourceId' | 'accountAttribute' | 'created' | 'modified' | 'version'>;

function fieldsOf(input: SchemaInput, id: string, name: string, schemas: readonly SourceSchema[]): Fields {
  return {
    name,
    nativeObjectType: input.nativeObjectType ?? name,
    identityAttribute: input.identityAttribute ?? null,
    displayAttribute: input.displayAttribute ?? null,
    hierarchyAttribute: input.hierarchyAttribute ?? null,
    includePermissions: input.includePermissions ?? false,
    features: input.features ?? [],
    configuration: input.configuration ?? {},
    // Nested groups: an attribute may link to its own schema, also while that is being made.
    attributes: attributesOf(input.attributes ?? [], [...schemas.filter((schema) => schema.id !== id), { id, name }]),
  };
}

/** Refuses a change of what cannot be changed. Throws a 400 that names the field. */
function refuseChanged(before: SchemaDocument, after: SchemaInput): void {
  for (const field of ['id', 'name', 'created', 'modified'] as const) {
    const value = after[field];
    const isTime = field === 'created' || field === 'modified';
    const isSame = isTime ? Date.parse(value ?? '') === Date.parse(before[field]) : value === before[field];
    if (!isSame) {
      const hint = field === 'name' ? ' Make a schema of the new name and delete this one.' : '';
      throw illegalValue(
        `Field "${field}" of a schema cannot be changed. It is ${shownValue(before[field])}, received was ${shownValue(value ?? null)}.${hint}`,
      );
    }
  }
}

function withoutNulls(input: SchemaInput): SchemaInput {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
}

function withoutLinksTo(id: string, schema: SourceSchema): SourceSchema {
  return {
    ...schema,
    attributes: schema.attributes.map((attribute) =>
      attribute.schema?.id === id ? { ...attribute, schema: null } : attribute,
    ),
  };
}

function schemaAmong(schemas: readonly SourceSchema[], id: string): SchemaOfSource {
  const schema = schemas.find((candidate) => candidate.id === id);
  if (schema === undefined) {
    throw notFound('schema', id);
  }
  return { schema, schemas };
}
