import type { StagedGroup } from '../../storage/stage.ts';
import type { BadObject } from './objects.ts';
import { parsePermissions, type Permission } from './permissions.ts';

/** The part of a schema that decides how rows become the attributes of an object (contract B.1, Schema). */
export interface AttributesSchema {
  readonly includePermissions: boolean;
  readonly attributes: readonly { readonly name: string; readonly type: string; readonly isMulti: boolean }[];
}

export type AttributeValue = string | number | boolean | readonly string[];

/** What the rows of one object say, by column in the order of the input. */
export interface ReadAttributes {
  /** By the names of the columns; one without a value is absent, a multi-valued one always an array. */
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** The values of every column as the source wrote them. */
  readonly values: readonly (readonly string[])[];
  /** The value of every column that is not multi-valued. */
  readonly texts: readonly (string | undefined)[];
  /** Null where the schema includes none. */
  readonly permissions: readonly Permission[] | null;
}

/** The column of permissions, where the schema includes them. */
export const permissionsColumn = 'permissions';

/**
 * Makes the function that reads the rows of one object.
 * Multi-valued attributes become the ordered union of the rows' values, case-exact, without repetitions; an
 * attribute that is not multi-valued must not have two values.
 */
export function attributeReader(
  schema: AttributesSchema,
  columns: readonly string[],
): (group: StagedGroup) => ReadAttributes | BadObject {
  const readers = columns.map((column) => ({
    column,
    attribute: schema.attributes.find((attribute) => attribute.name === column),
    isPermissions: schema.includePermissions && column === permissionsColumn,
  }));
  return (group) => {
    const attributes: Record<string, AttributeValue> = {};
    const allValues: (readonly string[])[] = [];
    const texts: (string | undefined)[] = [];
    let permissions: readonly Permission[] | null = null;
    for (const [index, { column, attribute, isPermissions }] of readers.entries()) {
      const values = union(group, index);
      const isSingle = !isPermissions && attribute?.isMulti !== true;
      allValues.push(values);
      texts.push(isSingle ? values[0] : undefined);
      if (isPermissions) {
        const parsed = parsePermissions(values);
        if ('problem' in parsed) {
          return badObject(group, parsed.problem);
        }
        permissions = parsed.permissions;
      } else if (!isSingle) {
        attributes[column] = values;
      } else if (values.length > 1) {
        return badObject(
          group,
          `the rows of "${group.key}" contradict each other: ${column} is ${JSON.stringify(values[0])} and ${JSON.stringify(values[1])}, but is not multi-valued.`,
        );
      } else if (values[0] !== undefined) {
        attributes[column] = typed(values[0], attribute?.type);
      }
    }
    return { attributes, values: allValues, texts, permissions };
  };
}

/** The object of these rows, which cannot be used. */
export function badObject(group: StagedGroup, problem: string): BadObject {
  return { lines: group.rows.map((row) => row.line), problem };
}

/** The values of one column over the rows of an object: in order, each once, the empty ones left out. */
function union(group: StagedGroup, index: number): readonly string[] {
  const first = group.rows[0]?.cells[index] ?? '';
  if (typeof first === 'string' && group.rows.every((row) => row.cells[index] === first)) {
    return first === '' ? [] : [first];
  }
  const values = new Set<string>();
  for (const row of group.rows) {
    const cell = row.cells[index] ?? '';
    for (const value of typeof cell === 'string' ? [cell] : cell) {
      if (value !== '') {
        values.add(value);
      }
    }
  }
  return [...values];
}

/** A value in the schema's type where it is one; else the text the source gave, which is the truth. */
function typed(value: string, type: string | undefined): string | number | boolean {
  if (type === 'BOOLEAN' && /^(true|false)$/i.test(value)) {
    return value.toLowerCase() === 'true';
  }
  if ((type === 'INT' || type === 'LONG') && /^(0|-?[1-9]\d{0,14})$/.test(value)) {
    return Number(value);
  }
  return value;
}
