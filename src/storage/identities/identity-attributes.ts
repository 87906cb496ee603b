import type { Session, Transaction } from '../database.ts';
import { fold } from '../query/fold.ts';
import type { IdentityTable } from '../tables.ts';

/**
 * The searchable attributes of identities, folded, one row each. Accounts and managers are correlated by joins of this
 * table with correlation keys and manager references, so the order in which they arrive does not matter.
 */

/** The maximum length of name and value, in bytes of UTF-8. Longer ones do not fit an index, and identify nobody. */
const longestName = 500;
const longestValue = 2000;

/** A property and a value by which an identity is searched; both folded. */
export interface Pair {
  readonly property: string;
  readonly value: string;
}

/** Returns the property for the native identity of an authoritative account. No attribute has such a name. */
export function nativeIdentityOf(sourceId: string): string {
  return `#${sourceId}`;
}

/** Returns a folded pair, or undefined if an identity cannot be searched by it. */
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

/** Returns a scalar, or the only member of a list, as text; undefined for all other values. */
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

/** Returns the searchable attributes of an identity: values by property, folded. */
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
  // Built-in fields come last, so that they override attributes of the same name.
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

/** Returns the stored searchable attributes of identities, by identity id. */
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

/**
 * Replaces the searchable attributes of identities.
 * @param stored the ids of the identities that have stored attributes, which are deleted
 */
export async function replaceAttributes(
  transaction: Transaction,
  attributes: ReadonlyMap<string, ReadonlyMap<string, string>>,
  stored: readonly string[],
): Promise<void> {
  if (stored.length > 0) {
    await transaction.query.deleteFrom('identity_attribute').where('identity_id', 'in', stored).execute();
  }
  await transaction.insertRows(
    'identity_attribute',
    [...attributes].flatMap(([identityId, values]) =>
      [...values].map(([name, value]) => ({ identity_id: identityId, name, value_folded: value })),
    ),
  );
}
