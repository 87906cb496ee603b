/** What a source's schemas must fulfil, and what follows from them. */
import { listed } from '../../error-text.ts';
import { illegalValue } from '../../errors.ts';
import { fold } from '../../storage/query/fold.ts';
import type { AttributeType, SchemaAttribute, SourceSchema } from '../../storage/sources/source-schemas.ts';
import { shownValue } from '../shown-value.ts';
import { refuseBadName } from '../storable.ts';

/** What a client sends as an attribute: its shape is checked, nothing else. Null and absent mean the same. */
export interface AttributeInput {
  readonly name: string;
  readonly nativeName?: string | null;
  readonly type?: AttributeType | null;
  /** The schema whose objects the values name, by its id, its name or both. */
  readonly schema?: { readonly id?: string | null; readonly name?: string | null } | null;
  readonly description?: string | null;
  readonly isMulti?: boolean | null;
  readonly isEntitlement?: boolean | null;
  readonly isGroup?: boolean | null;
}

/** The schema of the source's accounts: the one named `account`, else the first one of native type `User`. */
export function accountSchemaOf(schemas: readonly SourceSchema[]): SourceSchema | undefined {
  return (
    schemas.find(({ name }) => name === 'account') ??
    schemas.find(({ nativeObjectType }) => nativeObjectType === 'User')
  );
}

/** The schemas of the source's entitlements. */
export function groupSchemasOf(schemas: readonly SourceSchema[]): SourceSchema[] {
  const account = accountSchemaOf(schemas);
  return schemas.filter((schema) => schema !== account);
}

/** The same schemas, each with the attribute of the account schema that links to it. */
export function withAccountAttributes(schemas: readonly SourceSchema[]): SourceSchema[] {
  const account = accountSchemaOf(schemas);
  const links = entitlementLinksOf(schemas);
  return schemas.map((schema) => ({
    ...schema,
    accountAttribute: schema === account ? null : (links.find(({ type }) => type === schema.name)?.attribute ?? null),
  }));
}

/** The attributes of the account schema whose values are entitlements, each with the name of their schema. */
export function entitlementLinksOf(schemas: readonly SourceSchema[]): { attribute: string; type: string }[] {
  const account = accountSchemaOf(schemas);
  return (account?.attributes ?? []).flatMap(({ name, schema: link, isEntitlement, isGroup }) => {
    const linked = schemas.find((schema) => schema.id === link?.id && schema !== account);
    return (isEntitlement || isGroup) && linked !== undefined ? [{ attribute: name, type: linked.name }] : [];
  });
}

/** The attributes a client asks for, their links resolved among the schemas. Throws a 400 for a link to none of them. */
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

/** Holds one schema against its rules and the source's other schemas. Throws a 400 that names the field. */
export function checkSchema(schema: SourceSchema, schemas: readonly SourceSchema[]): void {
  refuseBadName(schema.name, 'name');
  refuseBadName(schema.nativeObjectType, 'nativeObjectType');
  const namesake = schemas.find(({ id, name }) => id !== schema.id && fold(name) === fold(schema.name));
  if (namesake !== undefined) {
    throw illegalValue(
      `Field "name" is ${shownValue(schema.name)}. The source has a schema ${shownValue(namesake.name)} already.`,
    );
  }
  const names = schema.attributes.map(({ name }) => name);
  names.forEach((name, index) => {
    const field = `attributes.${index}.name`;
    refuseBadName(name, field);
    if (names.indexOf(name) !== index) {
      throw illegalValue(`Field "${field}" is ${shownValue(name)}, as that of another attribute. Names must differ.`);
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
      `Field "hierarchyAttribute" is ${shownValue(schema.hierarchyAttribute)}. It must be null in the schema of accounts: only groups have a hierarchy.`,
    );
  }
}
