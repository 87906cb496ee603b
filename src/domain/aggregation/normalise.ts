import type { StagedGroup } from '../../storage/stage/stage.ts';
import { type BadObject, badObject } from './bad-object.ts';
import type { SourceObject } from './objects.ts';
import type { Permission } from './permissions.ts';
import {
  attributeReader,
  type AttributesSchema,
  type AttributeValue,
  descriptionColumnOf,
  lineOf,
  storedFingerprint,
} from './read-attributes.ts';
import type { Warning } from './warnings.ts';
import { isTooLong, longestText } from '../text-limit.ts';

/** The part of a group schema that determines how rows become an entitlement (contract B.1, Schema). */
export interface EntitlementSchema extends AttributesSchema {
  readonly name: string;
  readonly identityAttribute: string | null;
  readonly displayAttribute: string | null;
  readonly hierarchyAttribute: string | null;
}

export type PrivilegeLevel = 'HIGH' | 'MEDIUM' | 'LOW' | 'NONE';

/** An entitlement as read from a source. */
export interface SourceEntitlement extends SourceObject {
  readonly value: string;
  /** The value of the display attribute; null if the source has none. */
  readonly displayName: string | null;
  readonly description: string | null;
  readonly privilege: PrivilegeLevel | null;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly permissions: readonly Permission[] | null;
  /** The values of the parents. */
  readonly parents: readonly string[];
}

/** Returns the function that turns the rows of one object into an entitlement. */
export function entitlementNormaliser(
  schema: EntitlementSchema,
  columns: readonly string[],
): (group: StagedGroup) => SourceEntitlement | BadObject {
  const privileged = columns.findIndex((column) => column.toLowerCase() === 'privileged');
  // A level such as HIGH is not a BOOLEAN, but valid.
  const read = attributeReader(schema, columns, columns[privileged]);
  const display = columns.indexOf(schema.displayAttribute ?? '');
  const hierarchy = columns.indexOf(schema.hierarchyAttribute ?? '');
  const description = columns.indexOf(descriptionColumnOf(columns) ?? '');

  return (group) => {
    const found = read(group);
    if ('problem' in found) {
      return found;
    }
    const { attributes, values, texts, permissions } = found;
    const displayName = texts[display] ?? null;
    const parents = values[hierarchy] ?? [];
    const tooLong = [group.key, displayName ?? '', ...parents].find(isTooLong);
    if (tooLong !== undefined) {
      return badObject(group, `"${tooLong.slice(0, 60)}…" is longer than ${longestText} bytes`);
    }
    const warning = (kind: Warning['kind'], index: number, value: string): Warning => ({
      kind,
      column: columns[index] ?? '',
      type: '',
      value,
      line: lineOf(group, index, value),
    });
    const level = texts[privileged];
    const privilege = privilegeOf(level);
    const isOwnParent = parents.includes(group.key);
    const otherParents = isOwnParent ? parents.filter((parent) => parent !== group.key) : parents;
    const warnings = [
      ...(isOwnParent ? [warning('own-parent', hierarchy, group.key)] : []),
      ...(level !== undefined && privilege === null ? [warning('privilege', privileged, level)] : []),
      ...found.warnings,
    ];
    return {
      value: group.key,
      displayName,
      description: texts[description] ?? null,
      privilege,
      attributes,
      permissions,
      parents: otherParents,
      fingerprint: storedFingerprint(group, warnings),
      weight: 1 + otherParents.length,
      warnings,
    };
  };
}

/** A source sets the privilege level with the attribute `privileged`: true, or one of the contract's levels. */
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
