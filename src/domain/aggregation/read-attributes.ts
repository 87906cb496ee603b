import { hash } from 'node:crypto';
import type { StagedGroup } from '../../storage/stage/stage.ts';
import { shortened } from '../../error-text.ts';
import { shownValue } from '../shown-value.ts';
import { type BadObject, badObject } from './bad-object.ts';
import { parsePermissions, type Permission } from './permissions.ts';
import type { Warning } from './warnings.ts';

/** The part of a schema that decides how rows become the attributes of an object (contract B.1, Schema). */
export interface AttributesSchema {
  readonly includePermissions: boolean;
  readonly attributes: readonly { readonly name: string; readonly type: string; readonly isMulti: boolean }[];
}

export type AttributeValue = string | number | boolean | readonly string[];

/** What the rows of one object say; lists are by column in the order of the input. */
export interface ReadAttributes {
  /** By names in the order of the schema; one without a value is absent, a multi-valued one always an array. */
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** The values of every column as the source wrote them. */
  readonly values: readonly (readonly string[])[];
  /** The value of every column, of a multi-valued one the first: a name or description is one text. */
  readonly texts: readonly (string | undefined)[];
  /** Null where the schema includes none. */
  readonly permissions: readonly Permission[] | null;
  /** Values that are not of their attribute's type. */
  readonly warnings: readonly Warning[];
}

/** The column of permissions, where the schema includes them. */
export const permissionsColumn = 'permissions';

/** Whether an object has one value of a column at most. */
export function isSingle(schema: AttributesSchema, column: string): boolean {
  const isPermissions = schema.includePermissions && column === permissionsColumn;
  return !isPermissions && schema.attributes.find(({ name }) => name === column)?.isMulti !== true;
}

/** The column whose values become descriptions. */
export function descriptionColumnOf(columns: readonly string[]): string | undefined {
  return columns.find((column) => column.toLowerCase() === 'description');
}

/**
 * Makes the function that reads the rows of one object.
 * Multi-valued attributes become the ordered union of the rows' values, case-exact, without repetitions; an
 * attribute that is not multi-valued must not have two values.
 * @param untyped a column whose values need not be of its attribute's type
 */
export function attributeReader(
  schema: AttributesSchema,
  columns: readonly string[],
  untyped?: string,
): (group: StagedGroup) => ReadAttributes | BadObject {
  // In the order of the schema, not of the file: the same objects in other columns are no change.
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

/** To be raised when rows become other objects than before, so that unchanged files are looked at again. */
const rulesVersion = 2;

/**
 * What decides, besides the rows of an object, what it becomes: part of the fingerprints of objects.
 * @param rest what else there is
 */
export function mappingHashOf(schema: AttributesSchema, columns: readonly string[], rest: readonly unknown[]): string {
  const attributes = schema.attributes.map(({ name, type, isMulti }) => [name, type, isMulti]);
  const all = [rulesVersion, columns, attributes, schema.includePermissions, ...rest];
  return hash('sha1', JSON.stringify(all), 'base64url');
}

/**
 * The fingerprint under which an object is stored. What was warned is to be told again when the same file comes
 * again: the fingerprint of such an object is none that rows have, so that its rows are looked at each time.
 */
export function storedFingerprint(group: StagedGroup, warnings: readonly Warning[]): string {
  return warnings.length === 0 ? group.fingerprint : `${group.fingerprint}!`;
}

const noValues: readonly string[] = [];

/** The values of one column over the rows of an object: in order, each once, the empty ones left out. */
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

/** A value in the schema's type where it is one; else the text the source gave, which is the truth. */
function typed(value: string, type: string): string | number | boolean {
  if (type === 'BOOLEAN' && /^(true|false)$/i.test(value)) {
    return value.toLowerCase() === 'true';
  }
  if ((type === 'INT' || type === 'LONG') && /^(0|-?[1-9]\d{0,14})$/.test(value)) {
    return Number(value);
  }
  return value;
}

/** Sets the attribute also when its name is `__proto__`, which assigning would take for the object's prototype. */
function setAttribute(attributes: Record<string, AttributeValue>, name: string, value: AttributeValue): void {
  if (name === '__proto__') {
    Object.defineProperty(attributes, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    attributes[name] = value;
  }
}

/** The texts that say something of a type. Some of them say it unusually and stay texts, but they are not wrong. */
const textsOfType: ReadonlyMap<string, RegExp> = new Map([
  ['BOOLEAN', /^(true|false)$/i],
  ['INT', /^[+-]?\d+$/],
  ['LONG', /^[+-]?\d+$/],
]);

/** The first line of an object that has the value in a column. */
export function lineOf(group: StagedGroup, index: number, value: string): number {
  return group.rows.find(({ cells }) => [cells[index] ?? ''].flat().includes(value))?.line ?? 0;
}
