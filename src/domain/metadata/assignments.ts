/** The values of metadata attributes that an object has. Only keys are stored; names come from the attributes. */
import { shortened } from '../../error-text.ts';
import { illegalValue, referencedObjectNotFound } from '../../errors.ts';
import {
  findMetadataAttributes,
  type MetadataAttribute,
  type MetadataAttributes,
  type MetadataValue,
} from '../../storage/metadata/attributes.ts';
import type { Session } from '../../storage/database.ts';

export type { MetadataAttributes } from '../../storage/metadata/attributes.ts';

/** The values of one attribute that an object has. */
export interface Assignment {
  /** The key of the attribute. */
  readonly key: string;
  readonly values: readonly string[];
}

/** The maximum number of values that an object has, of all attributes. */
export const mostMetadataValues = 100;

/** The recorded form; databases from before there were attributes have further members. */
interface Recorded {
  readonly attributes?: readonly { readonly key: string; readonly values?: readonly { readonly value: string }[] }[];
}

/** Returns the assignments in the stored JSON, or in its parsed form in the change record. */
export function assignmentsIn(stored: string | object | null): readonly Assignment[] {
  const { attributes = [] } = (typeof stored === 'string' ? JSON.parse(stored) : (stored ?? {})) as Recorded;
  return attributes
    .map(({ key, values = [] }) => ({ key, values: values.map(({ value }) => value) }))
    .filter(({ values }) => values.length > 0);
}

/** Returns the JSON to store; null for none. Attributes and values are sorted; attributes without values are omitted. */
export function storedAssignments(assignments: readonly Assignment[]): string | null {
  const attributes = assignments
    .filter(({ values }) => values.length > 0)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key, values }) => ({ key, values: values.toSorted().map((value) => ({ value })) }));
  return attributes.length === 0 ? null : JSON.stringify({ attributes });
}

/** Returns the attributes to which the stored assignments of several objects refer, in one query. */
export async function attributesOf(
  session: Session,
  stored: readonly (string | object | null)[],
): Promise<MetadataAttributes> {
  const keys = new Set(stored.flatMap((metadata) => assignmentsIn(metadata).map(({ key }) => key)));
  return findMetadataAttributes(session, [...keys]);
}

/** An attribute with the values that an object has, in the contract's form. */
export type ShownAttribute = Pick<MetadataAttribute, 'key' | 'name'> &
  Partial<Pick<MetadataAttribute, 'multiselect' | 'status' | 'type' | 'objectTypes'>> & {
    readonly description?: string;
    readonly values: readonly (Pick<MetadataValue, 'value' | 'name'> & Partial<MetadataValue>)[];
  };

/**
 * Returns the assignments of an object with the current names of attributes and values (contract A.3). A past state may
 * have attributes that never existed here; they are shown with their keys as names.
 */
export function shownMetadata(
  stored: string | object | null,
  attributes: MetadataAttributes,
): { readonly attributes: readonly ShownAttribute[] } {
  return {
    attributes: assignmentsIn(stored).map(({ key, values }) => {
      const attribute = attributes.get(key);
      const shown = values.map(
        (value) => attribute?.values.find((known) => known.value === value) ?? { value, name: value },
      );
      if (attribute === undefined) {
        return { key, name: key, values: shown };
      }
      const { name, multiselect, status, type, objectTypes, description } = attribute;
      return {
        key,
        name,
        multiselect,
        status,
        type,
        objectTypes,
        ...(description === null ? {} : { description }),
        values: shown,
      };
    }),
  };
}

/**
 * Checks that an entitlement can have these values. Attributes to which none is added are not checked: values can always
 * be removed.
 * @throws 400 for an unknown attribute or value, an attribute for other objects, several values of an attribute with one
 *   value, and too many values
 */
export function checkAssignments(
  assignments: readonly Assignment[],
  before: readonly Assignment[],
  attributes: MetadataAttributes,
): void {
  const increased = assignments.filter(({ key, values }) => {
    const had = before.find((assignment) => assignment.key === key)?.values ?? [];
    return values.some((value) => !had.includes(value));
  });
  refuseUnknown(increased, attributes);
  for (const { key, values } of increased) {
    const objectTypes = attributes.get(key)?.objectTypes ?? [];
    if (!['general', 'all', 'entitlement'].some((type) => objectTypes.includes(type))) {
      throw illegalValue(
        `Metadata attribute "${key}" is for objects of type ${objectTypes.join(', ')}, not for entitlements. Use another attribute.`,
      );
    }
    if (values.length > 1 && attributes.get(key)?.multiselect !== true) {
      throw illegalValue(
        `Metadata attribute "${key}" would have the values ${shortened(values.join(', '), 200)}. It takes one value: replace the present one, or set multiselect of the attribute.`,
      );
    }
  }
  const count = countOf(assignments);
  if (count > Math.max(mostMetadataValues, countOf(before))) {
    throw illegalValue(
      `The entitlement would have ${count} metadata values. At most ${mostMetadataValues} are allowed.`,
    );
  }
}

/** Checks that attributes and values exist. Throws a 400 naming the one that does not. */
export function refuseUnknown(assignments: readonly Assignment[], attributes: MetadataAttributes): void {
  for (const { key, values } of assignments) {
    const attribute = attributes.get(key);
    if (attribute === undefined) {
      throw referencedObjectNotFound('metadata attribute', key);
    }
    const known = new Set(attribute.values.map(({ value }) => value));
    const unknown = values.find((value) => !known.has(value));
    if (unknown !== undefined) {
      throw referencedObjectNotFound(`value of metadata attribute "${key}"`, unknown);
    }
  }
}

function countOf(assignments: readonly Assignment[]): number {
  return assignments.reduce((sum, { values }) => sum + values.length, 0);
}
