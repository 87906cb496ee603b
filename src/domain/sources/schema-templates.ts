/** CSV templates: the header line of a schema's files, and a schema created from such a line (behaviour, §1 "CSV"). */
import type { Templates } from '../../connectors/connector.ts';
import { illegalValue } from '../../errors.ts';
import type { SourceSchema } from '../../storage/sources/source-schemas.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { accountSchemaOf, attributesOf, groupSchemasOf } from './schema-rules.ts';
import { shownValue } from '../shown-value.ts';
import { editSchema, listSchemas, newSchema, type SchemaOfSource } from './source-schemas.ts';
import { cannot, connectorOf, type SourceParts } from './source-connector.ts';
import { getSource, type Source } from './sources.ts';

/** Which template: that of the accounts, or that of a group schema. Without a name, the only group schema, or `group`. */
export type TemplateKind =
  | { readonly kind: 'account' }
  | { readonly kind: 'group'; readonly schemaName: string | undefined };

/**
 * Returns the header line of a schema's files in the format that the source's settings specify, with a line feed.
 * Throws 404 for the source, and a 400 if it has no such schema or its connector does not support templates.
 */
export async function schemaTemplate(parts: SourceParts, sourceId: string, kind: TemplateKind): Promise<string> {
  const { source, templates } = await sourceWithTemplates(parts, sourceId);
  const schemas = await listSchemas(parts.database, sourceId);
  const schema = schemaFor(kind, schemas);
  if (schema === undefined) {
    const names = schemas.map(({ name }) => `"${name}"`).join(', ');
    throw illegalValue(
      kind.kind === 'account'
        ? `The source has no account schema. It has ${names || 'no schemas'}.`
        : `Parameter "schemaName" is ${shownValue(kind.schemaName ?? null)}. It must name a group schema of the source; it has ${names || 'no schemas'}.`,
    );
  }
  const columns = schema.attributes.map(({ name }) => name);
  return templates.write(columns, source.connectorAttributes, schema.name);
}

/**
 * Replaces the attributes of a schema with the columns of a template, in their order. Known attributes are kept, new ones
 * have type STRING, and others are removed. If the key (`identityAttribute`) is removed, the first column becomes the
 * key. A missing schema is created. As long as the schema has entitlements, the key must be kept.
 * @param file path of the uploaded file; only its header is read
 * @throws 404 for the source, and a 400 if the header is missing or invalid
 */
export async function importSchemaTemplate(
  parts: SourceParts,
  sourceId: string,
  kind: TemplateKind,
  file: string,
  context: ChangeContext,
): Promise<SchemaOfSource> {
  const { source, templates } = await sourceWithTemplates(parts, sourceId);
  const { database } = parts;
  const known = schemaFor(kind, await listSchemas(database, sourceId));
  const name = known?.name ?? (kind.kind === 'account' ? 'account' : (kind.schemaName ?? 'group'));
  const columns = await templates.read(file, source.connectorAttributes, name);
  return editSchema(database, sourceId, context, (schemas, now) => {
    const schema = schemaFor(kind, schemas) ?? {
      ...newSchema(sourceId, name, now),
      nativeObjectType: kind.kind === 'account' ? 'User' : name,
    };
    return withColumns(schema, columns);
  });
}

/** A source and the template functions of its connector. Throws 404, and a 400 if the connector has none. */
async function sourceWithTemplates(
  { database, connectors }: SourceParts,
  sourceId: string,
): Promise<{ source: Source; templates: Templates }> {
  const source = await getSource(database, sourceId);
  const connector = connectorOf(connectors, source);
  if (connector.input !== 'file' || connector.templates === undefined) {
    throw cannot(source, connector, 'templates');
  }
  return { source, templates: connector.templates };
}

/** The schema of a template, or undefined. Throws a 400 if the name is that of the account schema, or is required. */
function schemaFor(kind: TemplateKind, schemas: readonly SourceSchema[]): SourceSchema | undefined {
  if (kind.kind === 'account') {
    return accountSchemaOf(schemas);
  }
  const { schemaName } = kind;
  if (schemaName !== undefined && schemaName === accountSchemaOf(schemas)?.name) {
    throw illegalValue(
      `Parameter "schemaName" is ${shownValue(schemaName)}, the account schema. Its template is at /sources/{id}/schemas/accounts.`,
    );
  }
  const groups = groupSchemasOf(schemas);
  const named = groups.find(({ name }) => name === (schemaName ?? 'group'));
  if (schemaName !== undefined || named !== undefined || groups.length === 0) {
    return named;
  }
  const [only, second] = groups;
  if (second !== undefined) {
    const names = groups.map(({ name }) => name).join(', ');
    throw illegalValue(`Parameter "schemaName" is required: the source has several group schemas, ${names}.`);
  }
  return only;
}

function withColumns(schema: SourceSchema, columns: readonly string[]): SourceSchema {
  const attributes = attributesOf(
    columns.map((name) => ({ name })),
    [],
  ).map((attribute) => schema.attributes.find(({ name }) => name === attribute.name) ?? attribute);
  const keep = (name: string | null): string | null => (name !== null && columns.includes(name) ? name : null);
  const identityAttribute = keep(schema.identityAttribute) ?? columns[0] ?? null;
  const usualName = columns.find((column) => column === 'name' || column === 'displayName') ?? identityAttribute;
  return {
    ...schema,
    attributes,
    identityAttribute,
    displayAttribute: keep(schema.displayAttribute) ?? usualName,
    hierarchyAttribute: keep(schema.hierarchyAttribute),
  };
}
