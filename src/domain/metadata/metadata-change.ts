import { illegalValue } from '../../errors.ts';
import type { Session } from '../../storage/database.ts';
import { findMetadataAttributes } from '../../storage/metadata/attributes.ts';
import { shownValue } from '../shown-value.ts';
import { refuseUnstorable } from '../storable.ts';
import { type Assignment, checkAssignments, refuseUnknown } from './assignments.ts';

const operations = ['ADD', 'REMOVE', 'REPLACE'] as const;
const scopes = ['ALL', 'ATTRIBUTE'] as const;

/** A change of the metadata of objects (contract B.6, bulk update). */
export interface MetadataChange {
  readonly operation: (typeof operations)[number];
  /** Whether REPLACE removes the other values of the named attributes only, or all metadata. */
  readonly replaceScope: (typeof scopes)[number];
  /** An attribute without values is removed as a whole. */
  readonly assignments: readonly Assignment[];
}

/** A change as clients send it, in any case of its letters. */
export interface MetadataChangeInput {
  readonly operation: string;
  readonly replaceScope?: string | null;
  readonly values: readonly { readonly attribute: string; readonly values: readonly string[] | null }[];
}

/**
 * Returns the change that a client requests.
 * @param place the field with the change, for errors, e.g. `metadata.`; '' for the whole body
 * @throws 400 for an unknown operation, scope, attribute or value, a repeated one, ADD without values, and values that no
 *   entitlement can have
 */
export async function metadataChangeFrom(
  session: Session,
  input: MetadataChangeInput,
  place: string = '',
): Promise<MetadataChange> {
  refuseUnstorable(input, place.replace(/\.$/, ''));
  const operation = oneOf(operations, input.operation, `${place}operation`);
  const replaceScope = oneOf(scopes, input.replaceScope ?? 'ATTRIBUTE', `${place}replaceScope`);
  const assignments = input.values.map(({ attribute, values }, index) => {
    if (operation === 'ADD' && (values ?? []).length === 0) {
      throw illegalValue(
        `Field "${place}values.${index}.values" has no values. With the operation ADD, send at least one.`,
      );
    }
    return { key: attribute, values: [...new Set(values)] };
  });
  if (new Set(assignments.map(({ key }) => key)).size < assignments.length) {
    throw illegalValue(
      `Field "${place}values" names an attribute twice. Send each attribute once, with all its values.`,
    );
  }
  const attributes = await findMetadataAttributes(
    session,
    assignments.map(({ key }) => key),
  );
  refuseUnknown(assignments, attributes);
  if (operation !== 'REMOVE') {
    checkAssignments(assignments, [], attributes);
  }
  return { operation, replaceScope, assignments };
}

/** Returns the assignments of an object after a change. */
export function changedAssignments(
  before: readonly Assignment[],
  { operation, replaceScope, assignments }: MetadataChange,
): readonly Assignment[] {
  const changed = new Map(
    operation === 'REPLACE' && replaceScope === 'ALL' ? [] : before.map(({ key, values }) => [key, values]),
  );
  for (const { key, values } of assignments) {
    const had = changed.get(key) ?? [];
    switch (operation) {
      case 'ADD':
        changed.set(key, [...new Set([...had, ...values])]);
        break;
      case 'REMOVE':
        changed.set(key, values.length === 0 ? [] : had.filter((value) => !values.includes(value)));
        break;
      case 'REPLACE':
        changed.set(key, values);
    }
  }
  return [...changed].map(([key, values]) => ({ key, values }));
}

function oneOf<const T extends string>(allowed: readonly T[], received: string, field: string): T {
  const found = allowed.find((candidate) => candidate === received.toUpperCase());
  if (found === undefined) {
    throw illegalValue(`Field "${field}" is ${shownValue(received)}. It must be one of ${allowed.join(', ')}.`);
  }
  return found;
}
