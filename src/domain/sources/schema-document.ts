/** The form of a schema in which clients see and send it. */
import { illegalValue } from '../../errors.ts';
import type { SchemaReference, SourceSchema } from '../../storage/sources/source-schemas.ts';
import { attributesOf, type AttributeInput } from './schema-rules.ts';
import { shownValue } from '../shown-value.ts';

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
export function schemaDocumentOf(schema: SourceSchema, schemas: readonly SchemaReference[]) {
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

type Fields = Omit<SourceSchema, 'id' | 'sourceId' | 'accountAttribute' | 'created' | 'modified' | 'version'>;

/** What clients decide about a schema, from what one sent. `schemas` are those of the source. Throws a 400 for a link to none. */
export function fieldsOf(
  input: SchemaInput,
  id: string,
  name: string,
  schemas: readonly { readonly id: string; readonly name: string }[],
): Fields {
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
export function refuseChanged(before: SchemaDocument, after: SchemaInput): void {
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

/** What was sent, where null means the same as absent. */
export function withoutNulls(input: SchemaInput): SchemaInput {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
}
