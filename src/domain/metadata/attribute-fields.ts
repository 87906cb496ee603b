/** The rules for the fields of attributes and values. Checks throw a 400 with field, value and rule. */
import { alreadyExists, illegalValue } from '../../errors.ts';
import type { MetadataAttribute, MetadataValue } from '../../storage/metadata/attributes.ts';
import { fold } from '../../storage/query/fold.ts';
import { shownValue } from '../shown-value.ts';
import { refuseBadName, refuseUnstorable } from '../storable.ts';
import { longestLongText } from '../text-limit.ts';
import { keyOf } from './attribute-key.ts';

/** The kinds of objects for which an attribute can be; `general` and `all` mean all of them. */
const objectTypes = ['general', 'all', 'entitlement', 'role', 'accessProfile'] as const;

/** The maximum number of values of an attribute. */
const mostValues = 500;

/** A value as clients send it. Null and absent mean the same. */
export interface ValueInput {
  readonly value?: string | null;
  readonly name?: string | null;
  readonly status?: string | null;
}

/** The fields of an attribute that can be changed, as clients send them. Null and absent mean the same. */
export interface ChangeableInput {
  readonly name?: string | null;
  readonly description?: string | null;
  readonly multiselect?: boolean | null;
  readonly values?: readonly ValueInput[] | null;
}

/** A new attribute as clients send it. Null and absent mean the same. */
export interface AttributeInput extends ChangeableInput {
  readonly key?: string | null;
  readonly status?: string | null;
  readonly type?: string | null;
  readonly objectTypes?: readonly string[] | null;
}

type Changeable = Pick<MetadataAttribute, 'name' | 'description' | 'multiselect' | 'values'>;

/** Returns the fields of a new attribute. Its key must not begin as those of the standard attributes do. */
export function newAttribute(input: AttributeInput): Omit<MetadataAttribute, 'created' | 'modified' | 'version'> {
  const { name, ...others } = changedFields(input, []);
  const key = keyOf(input.key, name, 'key');
  if (/^isc\p{Lu}/u.test(key)) {
    throw illegalValue(
      `Field "key" is ${shownValue(key)}. Keys such as iscRisk are those of the standard attributes. Send another key.`,
    );
  }
  refuseOther(input.status, 'status', 'active');
  refuseOther(input.type, 'type', 'custom');
  return {
    key,
    name,
    ...others,
    status: 'active',
    type: 'custom',
    objectTypes: checkedObjectTypes(input.objectTypes ?? []),
  };
}

/**
 * Returns the changeable fields of an attribute after a change.
 * @param before the values before the change: each must remain, because entitlements may have it
 */
export function changedFields(input: ChangeableInput, before: readonly MetadataValue[]): Changeable {
  refuseUnstorable(input, '');
  const { description = null } = input;
  if (description !== null && description.length > longestLongText) {
    throw illegalValue(
      `Field "description" has ${description.length} characters. At most ${longestLongText} are allowed.`,
    );
  }
  return {
    name: checkedName(input.name, 'name'),
    description,
    multiselect: input.multiselect ?? false,
    values: checkedValues(
      (input.values ?? []).map((value, index) => newValue(value, `values.${index}`)),
      before,
    ),
  };
}

/** Returns a new value of an attribute. */
export function newValue(input: ValueInput, field = ''): MetadataValue {
  refuseUnstorable(input, field);
  const within = (name: string): string => (field === '' ? name : `${field}.${name}`);
  const name = checkedName(input.name, within('name'));
  refuseOther(input.status, within('status'), 'active');
  return { value: keyOf(input.value, name, within('value')), name, status: 'active' };
}

/** Returns the values of an attribute after a change. Each value before it must remain. */
function checkedValues(values: readonly MetadataValue[], before: readonly MetadataValue[]): readonly MetadataValue[] {
  const known = new Set<string>();
  for (const { value } of values) {
    if (known.has(value)) {
      throw illegalValue(`Field "values" has the value ${shownValue(value)} twice. Send each once.`);
    }
    known.add(value);
  }
  refuseAlike(values, before, 'value');
  refuseAlike(values, before, 'name');
  const missing = before.find(({ value }) => !known.has(value));
  if (missing !== undefined) {
    throw illegalValue(
      `Field "values" lacks the value ${shownValue(missing.value)}. Values can be added and renamed but not removed: entitlements may have them.`,
    );
  }
  const { length } = JSON.stringify(values);
  if (values.length > mostValues || length > longestLongText) {
    throw illegalValue(
      `Field "values" has ${values.length} values with ${length} characters as JSON. At most ${mostValues} values with ${longestLongText} characters are allowed.`,
    );
  }
  return values;
}

/**
 * Checks that no new or renamed value has the key or the name of another, ignoring case. Values that were alike before may
 * stay.
 */
function refuseAlike(
  values: readonly MetadataValue[],
  before: readonly MetadataValue[],
  field: 'value' | 'name',
): void {
  const stored = new Map(before.map((value) => [value.value, value]));
  const isStored = (value: MetadataValue): boolean => stored.get(value.value)?.[field] === value[field];
  const known = new Map<string, MetadataValue>();
  for (const value of values) {
    const text = fold(value[field]);
    const other = known.get(text);
    known.set(text, value);
    if (other === undefined) {
      continue;
    }
    const [isOld, isOtherOld] = [isStored(value), isStored(other)];
    if (!isOld && !isOtherOld) {
      throw illegalValue(
        `Field "values" has values with the ${field} ${shownValue(value[field])} twice, ignoring case. Send each once.`,
      );
    }
    if (!isOld || !isOtherOld) {
      throw alreadyExists('A value of this metadata attribute', field, value[field]);
    }
  }
}

function checkedName(name: string | null | undefined, field: string): string {
  if (name === undefined || name === null) {
    throw illegalValue(`Field "${field}" is required.`);
  }
  refuseUnstorable(name, field);
  refuseBadName(name, field);
  return name;
}

function checkedObjectTypes(given: readonly string[]): readonly string[] {
  const known = given.map((type, index) => {
    const found = objectTypes.find((candidate) => candidate.toLowerCase() === type.toLowerCase());
    if (found === undefined) {
      throw illegalValue(
        `Field "objectTypes.${index}" is ${shownValue(type)}. It must be one of ${objectTypes.join(', ')}.`,
      );
    }
    return found;
  });
  return known.length === 0 ? ['general'] : [...new Set(known)];
}

function refuseOther(value: string | null | undefined, field: string, only: string): void {
  if (value !== undefined && value !== null && value !== only) {
    throw illegalValue(`Field "${field}" is ${shownValue(value)}. It must be ${only}, or absent.`);
  }
}
