/** The rules for the schemas of a source, and values derived from schemas. */
import { listed } from '../../error-text.ts';
import { illegalValue } from '../../errors.ts';
import { fold } from '../../storage/query/fold.ts';
import type { AttributeType, SchemaAttribute, SourceSchema } from '../../storage/sources/source-schemas.ts';
import { shownValue } from '../shown-value.ts';
import { refuseBadName } from '../storable.ts';

/** An attribute as clients send it, of which only the shape is checked. Null and absent mean the same. */
export interface AttributeInput {
  readonly name: string;
  readonly nativeName?: string | null;
  readonly type?: AttributeType | null;
  /** The schema of the objects that the values refer to, by its id, its name or both. */
  readonly schema?: { readonly id?: string | null; readonly name?: string | null } | null;
  readonly description?: string | null;
  readonly isMulti?: boolean | null;
  readonly isEntitlement?: boolean | null;
  readonly isGroup?: boolean | null;
}

/** The account schema of the source: the one named `account`, or else the first one of native type `User`. */
export function accountSchemaOf(schemas: readonly SourceSchema[]): SourceSchema | undefined {
  return (
    schemas.find(({ name }) => name === 'account') ??
    schemas.find(({ nativeObjectType }) => nativeObjectType === 'User')
  );
}

/** The entitlement schemas of the source. */
export function groupSchemasOf(schemas: readonly SourceSchema[]): SourceSchema[] {
  const account = accountSchemaOf(schemas);
  return schemas.filter((schema) => schema !== account);
}

/** The schemas, each with the attribute of the account schema that links to it. */
export function withAccountAttributes(schemas: readonly SourceSchema[]): SourceSchema[] {
  const account = accountSchemaOf(schemas);
  const links = entitlementLinksOf(schemas);
  return schemas.map((schema) => ({
    ...schema,
    accountAttribute: schema === account ? null : (links.find(({ type }) => type === schema.name)?.attribute ?? null),
  }));
}

/** The attributes of the account schema whose values are entitlements, with the names of their schemas. */
export function entitlementLinksOf(schemas: readonly SourceSchema[]): { attribute: string; type: string }[] {
  const account = accountSchemaOf(schemas);
  return (account?.attributes ?? []).flatMap(({ name, schema: link, isEntitlement, isGroup }) => {
    const linked = schemas.find((schema) => schema.id === link?.id && schema !== account);
    return (isEntitlement || isGroup) && linked !== undefined ? [{ attribute: name, type: linked.name }] : [];
  });
}

/** Returns attributes as they are stored, with resolved links. Throws a 400 for a link to an unknown schema. */
export function attributesOf(
  inputs: readonly AttributeInput[],
  schemas: readonly { readonly id: string; readonly name: string }[],
): SchemaAttribute[] {
  return inputs.map((input, index) => ({
    name: input.name,
    nativeName: input.nativeName ?? null,
    type: input.type ?? 'STRING',
    schema: linkOf(input, `attributes.${index}.schema`, schemas),
    description: input.description ?? '',
    isMulti: input.isMulti ?? false,
    isEntitlement: input.isEntitlement ?? false,
    isGroup: input.isGroup ?? false,
  }));
}

function linkOf(
  { schema: link }: AttributeInput,
  field: string,
  schemas: readonly { readonly id: string; readonly name: string }[],
): { id: string } | null {
  const id = link?.id ?? undefined;
  const name = link?.name ?? undefined;
  if (id === undefined && name === undefined) {
    if (link !== null && link !== undefined) {
      throw illegalValue(`Field "${field}" names no schema. Give its "id" or its "name".`);
    }
    return null;
  }
  const target = schemas.find((schema) => (id === undefined ? schema.name === name : schema.id === id));
  if (target === undefined || (name !== undefined && target.name !== name)) {
    const known = listed(schemas.map((schema) => `"${schema.name}" (${schema.id})`));
    throw illegalValue(
      `Field "${field}" is ${shownValue({ id, name })}. It must name a schema of this source: ${known || 'there is none yet'}.`,
    );
  }
  return { id: target.id };
}

/** Checks one schema against its rules and the other schemas of the source. Throws a 400 that names the field. */
export function checkSchema(schema: SourceSchema, schemas: readonly SourceSchema[]): void {
  refuseBadName(schema.name, 'name');
  refuseBadName(schema.nativeObjectType, 'nativeObjectType');
  const namesake = schemas.find(({ id, name }) => id !== schema.id && fold(name) === fold(schema.name));
  if (namesake !== undefined) {
    throw illegalValue(
      `Field "name" is ${shownValue(schema.name)}. The source already has a schema ${shownValue(namesake.name)}.`,
    );
  }
  const names = schema.attributes.map(({ name }) => name);
  names.forEach((name, index) => {
    const field = `attributes.${index}.name`;
    refuseBadName(name, field);
    if (names.indexOf(name) !== index) {
      throw illegalValue(
        `Field "${field}" is ${shownValue(name)}, which is also the name of another attribute. Names must be unique.`,
      );
    }
  });
  for (const field of ['identityAttribute', 'displayAttribute', 'hierarchyAttribute'] as const) {
    const name = schema[field];
    if (name !== null && !names.includes(name)) {
      throw illegalValue(
        `Field "${field}" is ${shownValue(name)}. It must be one of the schema's attributes: ${listed(names) || 'there are none yet'}.`,
      );
    }
  }
  if (schema.hierarchyAttribute !== null && accountSchemaOf(schemas) === schema) {
    throw illegalValue(
      `Field "hierarchyAttribute" is ${shownValue(schema.hierarchyAttribute)}. It must be null in the account schema: only groups have a hierarchy.`,
    );
  }
}
