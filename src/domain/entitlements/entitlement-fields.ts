/** The values that each patchable field of an entitlement may have. Checks throw a 400 with field, value and rule. */
import { illegalValue, type MunimentError } from '../../errors.ts';
import { longestLongText } from '../text-limit.ts';
import { type Assignment, mostMetadataValues } from '../metadata/assignments.ts';
import { type PrivilegeLevel, privilegeLevels } from './privilege.ts';
import { shownValue } from '../shown-value.ts';
import { refuseBadName } from '../storable.ts';
import { isSegmentId } from '../segments/segment-id.ts';

/** An additional owner. */
export interface AdditionalOwner {
  readonly type: 'IDENTITY' | 'GOVERNANCE_GROUP';
  readonly id: string;
  readonly name: string | undefined;
}

const mostAdditionalOwners = 10;
/** The maximum number of segments of an entitlement. */
export const mostSegments = 1000;

export function checkBoolean(value: unknown, field: string): boolean {
  if (typeof value !== 'boolean') {
    throw wrong(field, value, 'be true or false');
  }
  return value;
}

/** @param isSet whether the patch set it; an existing name is not checked */
export function checkName(value: unknown, isSet: boolean): string {
  if (typeof value !== 'string') {
    const hint = ' To show the name of the source again, set manuallyUpdatedFields.DISPLAY_NAME to false.';
    throw wrong('name', value, 'be a string', hint);
  }
  if (isSet) {
    refuseBadName(value, 'name');
  }
  return value;
}

/** Null or absent means no description. */
export function checkDescription(value: unknown): string | null {
  if (value === undefined || value === null) {
    return null;
  }
  if (typeof value !== 'string') {
    throw wrong('description', value, 'be a string or null');
  }
  refuseLength(value, 'description');
  return value;
}

export function checkManuallyUpdatedFields(value: unknown): { DISPLAY_NAME: boolean; DESCRIPTION: boolean } {
  const fields = checkObject(value, 'manuallyUpdatedFields', ['DISPLAY_NAME', 'DESCRIPTION']);
  return {
    DISPLAY_NAME: checkBoolean(fields['DISPLAY_NAME'], 'manuallyUpdatedFields.DISPLAY_NAME'),
    DESCRIPTION: checkBoolean(fields['DESCRIPTION'], 'manuallyUpdatedFields.DESCRIPTION'),
  };
}

/** The level of an override, or null for none. */
export function checkLevel(value: unknown): PrivilegeLevel | null {
  if (value === undefined || value === null) {
    return null;
  }
  const { level } = checkObject(value, 'privilegeOverride', ['level']);
  if (level === undefined || level === null) {
    return null;
  }
  const known = privilegeLevels.find((name) => name === level);
  if (known === undefined) {
    throw wrong('privilegeOverride.level', level, 'be one of HIGH, MEDIUM, LOW, NONE, or null for no override');
  }
  return known;
}

/** Null or absent means no owner. */
export function checkOwner(value: unknown): { id: string; name: string | undefined } | null {
  if (value === undefined || value === null) {
    return null;
  }
  const owner = checkObject(value, 'owner', ['type', 'id', 'name']);
  if (owner['type'] !== undefined && owner['type'] !== 'IDENTITY') {
    throw wrong('owner.type', owner['type'], 'be IDENTITY');
  }
  return { id: checkId(owner['id'], 'owner.id'), name: checkOptionalText(owner['name'], 'owner.name') };
}

/** Null or absent means none. Up to ten identities, or one governance group. */
export function checkAdditionalOwners(value: unknown): AdditionalOwner[] | null {
  if (value === undefined || value === null) {
    return null;
  }
  if (!Array.isArray(value)) {
    throw wrong('additionalOwners', value, 'be an array of {type, id} or null');
  }
  const owners = value.map((item: unknown, index): AdditionalOwner => {
    const field = `additionalOwners.${index}`;
    const { type, id, name } = checkObject(item, field, ['type', 'id', 'name']);
    if (type !== 'IDENTITY' && type !== 'GOVERNANCE_GROUP') {
      throw wrong(`${field}.type`, type, 'be IDENTITY or GOVERNANCE_GROUP');
    }
    return { type, id: checkId(id, `${field}.id`), name: checkOptionalText(name, `${field}.name`) };
  });
  refuseRepetition(
    owners.map((owner) => owner.id),
    'additionalOwners',
  );
  const [group] = owners.filter((owner) => owner.type === 'GOVERNANCE_GROUP');
  if (owners.length > (group === undefined ? mostAdditionalOwners : 1)) {
    throw illegalValue(
      `Field "additionalOwners" has ${owners.length} owners. Up to ${mostAdditionalOwners} identities or one governance group are allowed.`,
    );
  }
  return owners;
}

/** Null or absent means none. */
export function checkSegments(value: unknown): string[] | null {
  if (value === undefined || value === null) {
    return null;
  }
  if (!Array.isArray(value)) {
    throw wrong('segments', value, 'be an array of segment ids or null');
  }
  if (value.length > mostSegments) {
    throw illegalValue(`Field "segments" has ${value.length} ids. At most ${mostSegments} are allowed.`);
  }
  const segments = value.map((id: unknown, index) => {
    if (typeof id !== 'string' || !isSegmentId(id)) {
      throw wrong(
        `segments.${index}`,
        id,
        'be the id of a segment, a UUID such as 29cb6c06-1da8-43ea-8be4-b3125f248f2a',
      );
    }
    return id.toLowerCase();
  });
  refuseRepetition(segments, 'segments');
  return segments;
}

const metadataMembers = {
  key: 'text',
  name: 'text',
  multiselect: 'flag',
  isAdhoc: 'flag',
  status: 'text',
  type: 'text',
  objectTypes: 'texts',
  description: 'text',
  values: 'values',
} as const;
const metadataValueMembers = { value: 'text', name: 'text', status: 'text', type: 'text' } as const;

/**
 * Null, absent or without attributes means none. Of an attribute only the key and the values are read: clients send the
 * other members back as they read them.
 */
export function checkMetadata(value: unknown): readonly Assignment[] {
  if (value === undefined || value === null) {
    return [];
  }
  const { attributes } = checkObject(value, 'accessModelMetadata', ['attributes']);
  if (attributes === undefined || attributes === null) {
    return [];
  }
  const assignments = checkItems(attributes, 'accessModelMetadata.attributes', (attribute, field) => {
    const { key, values } = checkMembers(attribute, field, metadataMembers, ['key', 'values']) as {
      key: string;
      values: readonly { readonly value: string }[];
    };
    const keys = values.map((item) => item.value);
    refuseMany(keys, `${field}.values`);
    refuseRepetition(keys, `${field}.values`);
    return { key, values: keys };
  });
  refuseMany(assignments, 'accessModelMetadata.attributes');
  refuseRepetition(
    assignments.map(({ key }) => key),
    'accessModelMetadata.attributes',
  );
  return assignments;
}

function checkMembers(
  value: unknown,
  field: string,
  members: Readonly<Record<string, 'text' | 'flag' | 'texts' | 'values'>>,
  required: readonly string[],
): Record<string, unknown> {
  const object = checkObject(value, field, Object.keys(members));
  for (const name of required) {
    if (object[name] === undefined || object[name] === null) {
      throw illegalValue(`Field "${field}.${name}" is required.`);
    }
  }
  const present = Object.entries(object).filter(([, member]) => member !== null);
  return Object.fromEntries(
    present.map(([name, member]) => [name, checkMember(member, `${field}.${name}`, members[name] ?? 'text')]),
  );
}

function checkMember(value: unknown, field: string, kind: 'text' | 'flag' | 'texts' | 'values'): unknown {
  switch (kind) {
    case 'text':
      return checkText(value, field);
    case 'flag':
      return checkBoolean(value, field);
    case 'texts':
      return checkItems(value, field, checkText);
    case 'values':
      return checkItems(value, field, (item, place) => checkMembers(item, place, metadataValueMembers, ['value']));
  }
}

function checkItems<T>(value: unknown, field: string, check: (item: unknown, field: string) => T): T[] {
  if (!Array.isArray(value)) {
    throw wrong(field, value, 'be an array');
  }
  return value.map((item: unknown, index) => check(item, `${field}.${index}`));
}

function checkObject(value: unknown, field: string, members: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong(field, value, `be an object with ${members.join(', ')}`);
  }
  const unknown = Object.keys(value).find((name) => !members.includes(name));
  if (unknown !== undefined) {
    throw illegalValue(`Field "${field}.${unknown}" is not known. Allowed are ${members.join(', ')}.`);
  }
  return value as Record<string, unknown>;
}

function checkText(value: unknown, field: string): string {
  if (typeof value !== 'string') {
    throw wrong(field, value, 'be a string');
  }
  return value;
}

function checkId(value: unknown, field: string): string {
  if (typeof value !== 'string' || value === '') {
    throw wrong(field, value, 'be the id of an object, a string');
  }
  return value;
}

function checkOptionalText(value: unknown, field: string): string | undefined {
  return value === undefined || value === null ? undefined : checkText(value, field);
}

function refuseMany(items: readonly unknown[], field: string): void {
  if (items.length > mostMetadataValues) {
    throw illegalValue(`Field "${field}" has ${items.length} items. At most ${mostMetadataValues} are allowed.`);
  }
}

function refuseRepetition(ids: readonly string[], field: string): void {
  const repeated = ids.find((id, index) => ids.indexOf(id) < index);
  if (repeated !== undefined) {
    throw illegalValue(`Field "${field}" has ${shownValue(repeated)} twice. Send each once.`);
  }
}

function refuseLength(text: string, field: string): void {
  if (text.length > longestLongText) {
    throw illegalValue(`Field "${field}" has ${text.length} characters. At most ${longestLongText} are allowed.`);
  }
}

function wrong(field: string, value: unknown, rule: string, hint = ''): MunimentError {
  return illegalValue(`Field "${field}" is ${shownValue(value)}. It must ${rule}.${hint}`);
}
