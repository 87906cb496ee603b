/** The wire format of a schema. */
import { illegalValue } from '../../errors.ts';
import type { SchemaReference, SourceSchema } from '../../storage/sources/source-schemas.ts';
import { attributesOf, type AttributeInput } from './schema-rules.ts';
import { shownValue } from '../shown-value.ts';

/** A schema as clients send it, of which only the shape is checked. Null and absent mean the same. */
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

/** A schema in the contract's form (B.1) with every field; missing values are null. */
export type SchemaDocument = ReturnType<typeof schemaDocumentOf>;

/** Returns a schema in the contract's form. `schemas` are those of its source, for the names of links. */
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

/** The fields that clients can set, from a received schema. `schemas` are those of the source. Throws a 400 for an unknown link. */
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
    // Nested groups: an attribute may link to its own schema, even while that is being created.
    attributes: attributesOf(input.attributes ?? [], [...schemas.filter((schema) => schema.id !== id), { id, name }]),
  };
}

/** Rejects changes of immutable fields. Throws a 400 that names the field. */
export function refuseChanged(before: SchemaDocument, after: SchemaInput): void {
  for (const field of ['id', 'name', 'created', 'modified'] as const) {
    const value = after[field];
    const isTime = field === 'created' || field === 'modified';
    const isSame = isTime ? Date.parse(value ?? '') === Date.parse(before[field]) : value === before[field];
    if (!isSame) {
      const hint = field === 'name' ? ' Create a schema with the new name and delete this one.' : '';
      throw illegalValue(
        `Field "${field}" of a schema cannot be changed. It is ${shownValue(before[field])}, received was ${shownValue(value ?? null)}.${hint}`,
      );
    }
  }
}

/** The received schema without nulls, which mean the same as absent. */
export function withoutNulls(input: SchemaInput): SchemaInput {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
}
