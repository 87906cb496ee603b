import { hash } from 'node:crypto';
import type { StagedGroup } from '../../storage/stage/stage.ts';
import { shortened } from '../../error-text.ts';
import { shownValue } from '../shown-value.ts';
import { type BadObject, badObject } from './bad-object.ts';
import { parsePermissions, type Permission } from './permissions.ts';
import type { Warning } from './warnings.ts';

/** The part of a schema that determines how rows become the attributes of an object (contract B.1, Schema). */
export interface AttributesSchema {
  readonly includePermissions: boolean;
  readonly attributes: readonly { readonly name: string; readonly type: string; readonly isMulti: boolean }[];
}

export type AttributeValue = string | number | boolean | readonly string[];

/** The content of the rows of one object; lists are by column in the order of the input. */
export interface ReadAttributes {
  /** By name in the order of the schema. Attributes without a value are absent, multi-valued ones always arrays. */
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** The values of every column, unconverted. */
  readonly values: readonly (readonly string[])[];
  /** The value of every column, or the first of several: a name or description is a single text. */
  readonly texts: readonly (string | undefined)[];
  /** Null if the schema includes no permissions. */
  readonly permissions: readonly Permission[] | null;
  /** Values of the wrong type. */
  readonly warnings: readonly Warning[];
}

/** The column of permissions, if the schema includes them. */
export const permissionsColumn = 'permissions';

/** Whether an object may have at most one value in a column. */
export function isSingle(schema: AttributesSchema, column: string): boolean {
  const isPermissions = schema.includePermissions && column === permissionsColumn;
  return !isPermissions && schema.attributes.find(({ name }) => name === column)?.isMulti !== true;
}

/** The column whose values become descriptions. */
export function descriptionColumnOf(columns: readonly string[]): string | undefined {
  return columns.find((column) => column.toLowerCase() === 'description');
}

/**
 * Returns the function that reads the rows of one object.
 * Multi-valued attributes become the ordered union of the rows' values, case-sensitive and without duplicates; an
 * attribute that is not multi-valued must not have two values.
 * @param untyped a column whose values are not checked against the type of its attribute
 */
export function attributeReader(
  schema: AttributesSchema,
  columns: readonly string[],
  untyped?: string,
): (group: StagedGroup) => ReadAttributes | BadObject {
  // In the order of the schema, not of the file: reordering the columns must not change the objects.
  const position = (column: string): number => schema.attributes.findIndex(({ name }) => name === column);
  const ordered = columns
    .map((column, index) => ({ column, index }))
    .toSorted((a, b) => position(a.column) - position(b.column));
  const readers = ordered.map(({ column, index }) => {
    const attribute = schema.attributes[position(column)];
    const type = attribute?.type ?? 'STRING';
    const isPermissions = schema.includePermissions && column === permissionsColumn;
    return {
      column,
      index,
      type,
      isPermissions,
      hasOneValue: isSingle(schema, column),
      pattern: column === untyped || isPermissions ? undefined : textsOfType.get(type),
    };
  });
  return (group) => {
    const { rows } = group;
    const attributes: Record<string, AttributeValue> = {};
    const allValues: (readonly string[])[] = Array.from(columns, () => []);
    const texts: (string | undefined)[] = Array.from(columns, () => undefined);
    const warnings: Warning[] = [];
    let permissions: readonly Permission[] | null = null;
    for (const { column, index, type, isPermissions, hasOneValue, pattern } of readers) {
      const values = union(rows, index);
      allValues[index] = values;
      if (isPermissions) {
        const parsed = parsePermissions(values);
        if ('problem' in parsed) {
          return badObject(group, parsed.problem);
        }
        permissions = parsed.permissions;
        continue;
      }
      const wrong = pattern === undefined ? undefined : values.find((value) => !pattern.test(value));
      if (wrong !== undefined) {
        warnings.push({ kind: 'type', column, type, value: wrong, line: lineOf(group, index, wrong) });
      }
      const [value, other] = values;
      texts[index] = value;
      if (!hasOneValue) {
        setAttribute(attributes, column, values);
      } else if (other !== undefined) {
        return badObject(
          group,
          `the rows of "${shortened(group.key)}" contradict each other: ${shortened(column)} is ${shownValue(value)} and ${shownValue(other)}, but is not multi-valued`,
        );
      } else if (value !== undefined) {
        setAttribute(attributes, column, typed(value, type));
      }
    }
    return { attributes, values: allValues, texts, permissions, warnings };
  };
}

/** Increase it when the same rows become different objects, so that unchanged files are read again. */
const rulesVersion = 2;

/**
 * The hash of everything besides the rows of an object that determines the result: part of the fingerprints of objects.
 * @param rest further settings that affect the result
 */
export function mappingHashOf(schema: AttributesSchema, columns: readonly string[], rest: readonly unknown[]): string {
  const attributes = schema.attributes.map(({ name, type, isMulti }) => [name, type, isMulti]);
  const all = [rulesVersion, columns, attributes, schema.includePermissions, ...rest];
  return hash('sha1', JSON.stringify(all), 'base64url');
}

/**
 * The fingerprint under which an object is stored. Warnings must be repeated when the same file is loaded again, so an
 * object with warnings gets a fingerprint that matches no rows, and its rows are read each time.
 */
export function storedFingerprint(group: StagedGroup, warnings: readonly Warning[]): string {
  return warnings.length === 0 ? group.fingerprint : `${group.fingerprint}!`;
}

const noValues: readonly string[] = [];

/** The distinct non-empty values of one column over the rows of an object, in order. */
function union(rows: StagedGroup['rows'], index: number): readonly string[] {
  const first = rows[0]?.cells[index] ?? '';
  if (typeof first === 'string' && rows.every((row) => row.cells[index] === first)) {
    return first === '' ? noValues : [first];
  }
  const values = new Set<string>();
  for (const row of rows) {
    const cell = row.cells[index] ?? '';
    for (const value of typeof cell === 'string' ? [cell] : cell) {
      if (value !== '') {
        values.add(value);
      }
    }
  }
  return [...values];
}

/** The value converted to the schema's type if possible; otherwise the original text. */
function typed(value: string, type: string): string | number | boolean {
  if (type === 'BOOLEAN' && /^(true|false)$/i.test(value)) {
    return value.toLowerCase() === 'true';
  }
  if ((type === 'INT' || type === 'LONG') && /^(0|-?[1-9]\d{0,14})$/.test(value)) {
    return Number(value);
  }
  return value;
}

/** Sets the attribute even if its name is `__proto__`; an assignment would change the object's prototype. */
function setAttribute(attributes: Record<string, AttributeValue>, name: string, value: AttributeValue): void {
  if (name === '__proto__') {
    Object.defineProperty(attributes, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    attributes[name] = value;
  }
}

/** The texts that are valid for a type. Some of them are kept as text because of their format, without a warning. */
const textsOfType: ReadonlyMap<string, RegExp> = new Map([
  ['BOOLEAN', /^(true|false)$/i],
  ['INT', /^[+-]?\d+$/],
  ['LONG', /^[+-]?\d+$/],
]);

/** The first line of an object that has the value in a column. */
export function lineOf(group: StagedGroup, index: number, value: string): number {
  return group.rows.find(({ cells }) => [cells[index] ?? ''].flat().includes(value))?.line ?? 0;
}
