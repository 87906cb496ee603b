import { hash } from 'node:crypto';
import type { StagedGroup } from '../../storage/stage.ts';
import { shortened } from '../../error-text.ts';
import { shownValue } from '../shown-value.ts';
import { parsePermissions, type Permission } from './permissions.ts';
import type { Remark } from './remarks.ts';
import { isTooLong, longestText } from './text-limit.ts';

/** The part of a group schema that decides how rows become an entitlement (contract B.1, Schema). */
export interface EntitlementSchema {
  readonly name: string;
  readonly identityAttribute: string | null;
  readonly displayAttribute: string | null;
  readonly hierarchyAttribute: string | null;
  readonly includePermissions: boolean;
  readonly attributes: readonly { readonly name: string; readonly type: string; readonly isMulti: boolean }[];
}

export type PrivilegeLevel = 'HIGH' | 'MEDIUM' | 'LOW' | 'NONE';

export type AttributeValue = string | number | boolean | readonly string[];

/** What a source says of one entitlement. */
export interface SourceEntitlement {
  readonly value: string;
  /** The value of the display attribute; null where the source has none. */
  readonly displayName: string | null;
  readonly description: string | null;
  readonly privilege: PrivilegeLevel | null;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly permissions: readonly Permission[] | null;
  /** The values of the parents. */
  readonly parents: readonly string[];
  /** Equal for equal content: what the diff compares. */
  readonly fingerprint: string;
  /** What was odd about the rows. */
  readonly remarks: readonly Remark[];
}

/** An object that cannot be used, and why. */
export interface BadObject {
  readonly lines: readonly number[];
  readonly problem: string;
}

/** The column of permissions, where the schema includes them. */
export const permissionsColumn = 'permissions';

/** The column whose values become descriptions. */
export function descriptionColumnOf(columns: readonly string[]): string | undefined {
  return columns.find((column) => column.toLowerCase() === 'description');
}

/**
 * Makes the function that turns the rows of one object into what the source says of it.
 * Multi-valued attributes become the ordered union of the rows' values, case-exact, without repetitions; an
 * attribute that is not multi-valued must not have two values.
 */
export function entitlementNormaliser(
  schema: EntitlementSchema,
  columns: readonly string[],
): (group: StagedGroup) => SourceEntitlement | BadObject {
  const descriptionColumn = descriptionColumnOf(columns);
  const privilegedColumn = columns.find((column) => column.toLowerCase() === 'privileged');
  // In the order of the schema, not of the file: the same objects in other columns are no change.
  const position = (column: string): number => schema.attributes.findIndex(({ name }) => name === column);
  const ordered = columns
    .map((column, index) => ({ column, index }))
    .toSorted((a, b) => position(a.column) - position(b.column));
  const readers = ordered.map(({ column, index }) => {
    const attribute = schema.attributes[position(column)];
    const type = attribute?.type ?? 'STRING';
    return {
      column,
      index,
      type,
      isMulti: attribute?.isMulti === true,
      isPermissions: schema.includePermissions && column === permissionsColumn,
      // A level such as HIGH is no BOOLEAN and right all the same.
      isTyped: column !== privilegedColumn && Object.hasOwn(textsOfType, type),
    };
  });

  return (group) => {
    const bad = (problem: string): BadObject => ({ lines: group.rows.map((row) => row.line), problem });
    const attributes: Record<string, AttributeValue> = {};
    const texts = new Map<string, string>();
    const remarks: Remark[] = [];
    let permissions: readonly Permission[] | null = null;
    let parents: readonly string[] = [];
    const remark = (kind: Remark['kind'], index: number, value: string): void => {
      const { column = '', type = '' } = readers.find((reader) => reader.index === index) ?? {};
      remarks.push({ kind, column, type, value, line: lineOf(group, index, value) });
    };
    for (const { column, index, type, isMulti, isPermissions, isTyped } of readers) {
      const values = union(group, index);
      if (isPermissions) {
        const parsed = parsePermissions(values);
        if ('problem' in parsed) {
          return bad(parsed.problem);
        }
        permissions = parsed.permissions;
        continue;
      }
      if (column === schema.hierarchyAttribute) {
        parents = values;
        if (values.includes(group.key)) {
          remark('own-parent', index, group.key);
        }
      }
      const wrong = isTyped ? values.find((value) => textsOfType[type]?.test(value) === false) : undefined;
      if (wrong !== undefined) {
        remark('type', index, wrong);
      }
      if (isMulti) {
        setAttribute(attributes, column, values);
        continue;
      }
      const [value, other] = values;
      if (other !== undefined) {
        return bad(
          `the rows of "${shortened(group.key)}" contradict each other: ${shortened(column)} is ${shownValue(value)} and ${shownValue(other)}, but is not multi-valued`,
        );
      }
      if (value !== undefined) {
        setAttribute(attributes, column, typed(value, type));
        texts.set(column, value);
        if (column === privilegedColumn && privilegeOf(value) === null) {
          remark('privilege', index, value);
        }
      }
    }
    const displayName = texts.get(schema.displayAttribute ?? '') ?? null;
    const tooLong = [group.key, displayName ?? '', ...parents].find(isTooLong);
    if (tooLong !== undefined) {
      return bad(`"${tooLong.slice(0, 60)}…" is longer than ${longestText} bytes`);
    }
    const content = {
      value: group.key,
      displayName,
      description: texts.get(descriptionColumn ?? '') ?? null,
      privilege: privilegeOf(texts.get(privilegedColumn ?? '')),
      attributes,
      permissions,
      parents: parents.filter((parent) => parent !== group.key),
    };
    return { ...content, fingerprint: hash('sha1', JSON.stringify(content), 'base64url'), remarks };
  };
}

/** The values of one column over the rows of an object: in order, each once, the empty ones left out. */
function union(group: StagedGroup, index: number): readonly string[] {
  const [only, another] = group.rows;
  if (only !== undefined && another === undefined) {
    const cell = only.cells[index] ?? '';
    if (typeof cell === 'string') {
      return cell === '' ? [] : [cell];
    }
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
const textsOfType: Readonly<Record<string, RegExp>> = {
  BOOLEAN: /^(true|false)$/i,
  INT: /^[+-]?\d+$/,
  LONG: /^[+-]?\d+$/,
};

/** The first line of an object that has the value in a column. */
function lineOf(group: StagedGroup, index: number, value: string): number {
  return group.rows.find(({ cells }) => [cells[index] ?? ''].flat().includes(value))?.line ?? 0;
}

/** A source marks privilege by the attribute `privileged`: true, or one of the contract's levels. */
function privilegeOf(text: string | undefined): PrivilegeLevel | null {
  switch (text?.toUpperCase()) {
    case 'TRUE':
    case 'HIGH':
      return 'HIGH';
    case 'MEDIUM':
      return 'MEDIUM';
    case 'LOW':
      return 'LOW';
    case 'FALSE':
    case 'NONE':
      return 'NONE';
    default:
      return null;
  }
}
