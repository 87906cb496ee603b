import { badRequestContent, illegalValue, notFound } from '../../errors.ts';
import { countAccountsOf } from '../../storage/accounts/account-aggregation.ts';
import { countEntitlementsOf } from '../../storage/entitlements/entitlement-aggregation.ts';
import type { Database } from '../../storage/database.ts';
import * as stored from '../../storage/sources/source-schemas.ts';
import type { SourceSchema } from '../../storage/sources/source-schemas.ts';
import type { ChangeContext, ChangeOptions } from '../changes/change-context.ts';
import { newId } from '../ids.ts';
import { refuseDuringLoad, saveSchemas } from './schema-changes.ts';
import {
  fieldsOf,
  refuseChanged,
  type SchemaDocument,
  schemaDocumentOf,
  type SchemaInput,
  withoutNulls,
} from './schema-document.ts';
import { accountSchemaOf } from './schema-rules.ts';
import { shownValue } from '../shown-value.ts';
import { getSource, lockedSource } from './sources.ts';
import { refuseUnstorable } from '../storable.ts';
import { checkVersion } from '../version.ts';

export type { SourceSchema } from '../../storage/sources/source-schemas.ts';
export { accountSchemaOf, groupSchemasOf } from './schema-rules.ts';

/** One schema, and all schemas of its source. */
export interface SchemaOfSource {
  readonly schema: SourceSchema;
  readonly schemas: readonly SourceSchema[];
}

/** Lists the schemas of a source in order of creation; none if there is no such source. */
export async function listSchemas(database: Database, sourceId: string): Promise<SourceSchema[]> {
  return stored.findSchemas(database.keyed, sourceId);
}

/** Selects schemas of a source. */
export interface SchemaSelection {
  readonly type?: 'group' | 'user' | undefined;
  readonly names?: readonly string[] | undefined;
}

/** Returns the selected schemas of a source, and all. Throws 404 if there is no such source. */
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

/** Returns one schema of a source. Throws 404 if the source or the schema does not exist. */
export async function getSchema(database: Database, sourceId: string, id: string): Promise<SchemaOfSource> {
  await getSource(database, sourceId);
  return schemaAmong(await listSchemas(database, sourceId), id);
}

/** Adds a schema to a source. Throws 404 for the source, and a 400 for a violated rule. */
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

/** Replaces a schema. Throws 404, 412, and a 400 for a violated rule or a change of id, name, created or modified. */
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
 * @param patch returns the patched fields, with checked shape; immutable ones are ignored; may run more than once
 * @throws 404, 412, what `patch` throws, and a 400 for a violated rule
 */
export async function patchSchema(
  database: Database,
  sourceId: string,
  id: string,
  patch: (document: SchemaDocument) => SchemaInput,
  options: ChangeOptions,
): Promise<SchemaOfSource> {
  return changeSchema(database, sourceId, id, options, patch);
}

/** Deletes a schema and the links to it. Throws 404, 412, and 400 if it has objects. */
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
 * Creates or changes one schema of a source, with the source locked.
 * @param edit returns the new schema, given all schemas of the source; rules are checked and derived values are set
 *   afterwards
 * @throws 404 if there is no such source, what `edit` throws, and a 400 for a violated rule
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

/** An empty schema. */
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
