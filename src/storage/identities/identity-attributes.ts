import type { Session, Transaction } from '../database.ts';
import { fold } from '../query/fold.ts';
import type { IdentityTable } from '../tables.ts';

/**
 * What identities can be found by: their attributes, folded, one row each. Correlation and managers are joins of this
 * table with what accounts and identities wish for, so it does not matter which of them came first.
 */

/** The longest name and value, in bytes of UTF-8: what is longer tells no two persons apart, and fits no index. */
const longestName = 500;
const longestValue = 2000;

/** A property that a person is looked for by, and its value; both folded. */
export interface Pair {
  readonly property: string;
  readonly value: string;
}

/** The name under which the native identity of a person's authoritative account stands. No attribute is called so. */
export function nativeIdentityOf(sourceId: string): string {
  return `#${sourceId}`;
}

/** A property and a value to look for, or undefined where nothing can be found by them. */
export function pairOf(property: string, value: unknown): Pair | undefined {
  const text = scalarText(value);
  if (text === undefined) {
    return undefined;
  }
  const pair = { property: fold(property), value: fold(text) };
  return Buffer.byteLength(pair.property) > longestName || Buffer.byteLength(pair.value) > longestValue
    ? undefined
    : pair;
}

/** A value as text: of a list its only member. Undefined for none, several, and what is no scalar. */
function scalarText(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    return value.length === 1 ? scalarText(value[0]) : undefined;
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}

/** Everything that an identity can be found by: values by property, folded. */
export function attributesToFind(row: IdentityTable, nativeIdentity: string | null): Map<string, string> {
  const found = new Map<string, string>();
  const add = (property: string, value: unknown): void => {
    const pair = pairOf(property, value);
    if (pair !== undefined) {
      found.set(pair.property, pair.value);
    }
  };
  add('id', row.id);
  for (const [name, value] of Object.entries(JSON.parse(row.attributes) as Record<string, unknown>)) {
    if (!name.startsWith('#')) {
      add(name, value);
    }
  }
  // What an identity is known by comes last: an attribute of the same name does not hide it.
  for (const [names, value] of [
    [['uid', 'alias'], row.alias],
    [['name', 'displayName'], row.name],
    [['email', 'emailAddress'], row.email],
    [['firstname'], row.first_name],
    [['lastname'], row.last_name],
  ] as const) {
    for (const name of names) {
      add(name, value);
    }
  }
  if (row.source_id !== null && nativeIdentity !== null) {
    add(nativeIdentityOf(row.source_id), nativeIdentity);
  }
  return found;
}

/** What identities can be found by now. */
export async function findAttributes(
  session: Session,
  identityIds: readonly string[],
): Promise<Map<string, Map<string, string>>> {
  const found = new Map<string, Map<string, string>>();
  if (identityIds.length === 0) {
    return found;
  }
  const rows = await session.query
    .selectFrom('identity_attribute')
    .select(['identity_id', 'name', 'value_folded'])
    .where('identity_id', 'in', identityIds)
    .execute();
  for (const row of rows) {
    const attributes = found.get(row.identity_id) ?? new Map<string, string>();
    found.set(row.identity_id, attributes.set(row.name, row.value_folded));
  }
  return found;
}

/** Replaces what identities can be found by; nothing is left of one with no attributes. */
export async function replaceAttributes(
  transaction: Transaction,
  attributes: ReadonlyMap<string, ReadonlyMap<string, string>>,
  hadSome: readonly string[],
): Promise<void> {
  if (hadSome.length > 0) {
    await transaction.query.deleteFrom('identity_attribute').where('identity_id', 'in', hadSome).execute();
  }
  await transaction.insertRows(
    'identity_attribute',
    [...attributes].flatMap(([identityId, values]) =>
      [...values].map(([name, value]) => ({ identity_id: identityId, name, value_folded: value })),
    ),
  );
}
