import { alreadyExists, notFound } from '../../errors.ts';
import type { Database } from '../../storage/database.ts';
import type { MetadataAttribute, MetadataValue } from '../../storage/metadata/attributes.ts';
import { fold } from '../../storage/query/fold.ts';
import type { ChangeOptions } from '../changes/change-context.ts';
import { newValue, type ValueInput } from './attribute-fields.ts';
import { changeMetadataAttribute } from './attributes.ts';

/** The values of an attribute are part of it: a change of a value is a change of the attribute. */

/** A value, and the version of its attribute. */
export interface VersionedValue {
  readonly value: MetadataValue;
  readonly version: number;
}

/** Returns a value of an attribute. Throws 404. */
export function valueOf({ key, values }: Pick<MetadataAttribute, 'key' | 'values'>, value: string): MetadataValue {
  const found = values.find((known) => known.value === value);
  if (found === undefined) {
    throw notFound(`value of metadata attribute "${key}"`, value);
  }
  return found;
}

/** Adds a value to an attribute. Throws 404, 412, and 400 for a violated rule or a value that exists. */
export async function createMetadataValue(
  database: Database,
  key: string,
  input: ValueInput,
  options: ChangeOptions,
): Promise<VersionedValue> {
  const added = newValue(input);
  const add = (attribute: MetadataAttribute): MetadataAttribute => {
    if (attribute.values.some(({ value }) => fold(value) === fold(added.value))) {
      throw alreadyExists(`A value of metadata attribute "${key}"`, 'value', added.value);
    }
    return { ...attribute, values: [...attribute.values, added] };
  };
  const { version } = await changeMetadataAttribute(database, key, add, options);
  return { value: added, version };
}

/**
 * Changes the name of a value.
 * @param edit returns the name for the current value; may run more than once
 * @throws 404, 412, what `edit` throws, and 400 for a violated rule
 */
export async function changeMetadataValue(
  database: Database,
  key: string,
  value: string,
  edit: (value: MetadataValue) => { readonly name: string },
  options: ChangeOptions,
): Promise<VersionedValue> {
  const rename = (attribute: MetadataAttribute): MetadataAttribute => {
    const before = valueOf(attribute, value);
    const after = { ...before, name: edit(before).name };
    return { ...attribute, values: attribute.values.map((known) => (known === before ? after : known)) };
  };
  const attribute = await changeMetadataAttribute(database, key, rename, options);
  return { value: valueOf(attribute, value), version: attribute.version };
}
