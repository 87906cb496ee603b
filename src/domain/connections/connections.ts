import { badRequestContent, noSuchConnection, notFound } from '../../errors.ts';
import { type ListQuery, narrowed } from '../../list-query.ts';
import type { ConnectionType } from '../../storage/connections/connection-columns.ts';
import { connectionId, type ConnectionKey, keyOf } from '../../storage/connections/connection-key.ts';
import { lockConnections, type OneConnection, storeConnectionType } from '../../storage/connections/connections.ts';
import type { Database } from '../../storage/database.ts';
import type { ChangeContext, ChangeOptions } from '../changes/change-context.ts';
import { checkVersion } from '../version.ts';

export { connectionTypes, type ConnectionType } from '../../storage/connections/connection-columns.ts';
export { connectionId } from '../../storage/connections/connection-key.ts';
export { countConnections, findConnections } from '../../storage/connections/connection-lists.ts';
export type { ConnectionRow as Connection, OneConnection } from '../../storage/connections/connections.ts';

/** The types that people can set. */
export const settableTypes = ['JIT', 'STANDING'] as const satisfies readonly ConnectionType[];
export type SettableType = (typeof settableTypes)[number];

/** Selects one connection: by its id, or by the entitlement, the identity and the account. */
export type ConnectionSelector =
  | { readonly id: string }
  | { readonly entitlementId: string; readonly identityId: string; readonly accountId: string };

/** Adds to the filter of a list that the connections belong to an identity. */
export function ofIdentity(list: ListQuery, identityId: string): ListQuery {
  const own = { kind: 'test', field: 'identity.id', operator: 'eq', values: [identityId] } as const;
  return narrowed(list, own);
}

/** The version of a connection: 0 until somebody sets something. */
export function versionOf({ set }: OneConnection): number {
  return set?.version ?? 0;
}

/**
 * Changes the type of a connection. Writes nothing if nothing has changed.
 * @param edit returns the type for the current connection; may run more than once
 * @throws 404, 412, and what `edit` throws
 */
export async function changeConnection(
  database: Database,
  selector: ConnectionSelector,
  edit: (connection: OneConnection) => SettableType,
  { ifMatch, context }: ChangeOptions,
): Promise<OneConnection> {
  const key = 'id' in selector ? keyOf(selector.id) : withoutDashes(selector);
  return database.write(async (transaction) => {
    const found = isStorable(key) ? await lockConnections(transaction, [key]) : undefined;
    const before = found?.get(connectionId(key));
    if (before === undefined || ('identityId' in key && key.identityId !== before.row.identityId)) {
      throw 'id' in selector ? notFound('entitlement connection', selector.id) : noSuchConnection(selector);
    }
    checkVersion(ifMatch, versionOf(before));
    const type = edit(before);
    return type === before.row.type ? before : storeConnectionType(transaction, before, type, context, Date.now());
  });
}

/** One change of a bulk update. */
export interface TypeChange {
  readonly connectionId: string;
  readonly type: SettableType;
}

/** The most changes of one bulk update (contract B.14). */
const mostChanges = 100;

/**
 * Sets the types of connections. Those that do not exist are passed over; of several
 * changes of one connection the last one counts.
 * @returns for each change whether its connection exists
 * @throws 400 for more than 100 changes
 */
export async function setConnectionTypes(
  database: Database,
  changes: readonly TypeChange[],
  context: ChangeContext,
): Promise<boolean[]> {
  if (changes.length > mostChanges) {
    throw badRequestContent(
      `The request has ${changes.length} changes. At most ${mostChanges} are allowed: send several requests.`,
    );
  }
  const keys = changes.map(({ connectionId: id }) => keyOf(id));
  const storable = keys.filter(isStorable);
  if (storable.length === 0) {
    return changes.map(() => false);
  }
  return database.write(async (transaction) => {
    const found = await lockConnections(transaction, storable);
    const now = Date.now();
    const results: boolean[] = [];
    for (const [index, { type }] of changes.entries()) {
      const id = connectionId(keys[index] ?? keyOf(''));
      const before = found.get(id);
      if (before !== undefined && before.row.type !== type) {
        found.set(id, await storeConnectionType(transaction, before, type, context, now));
      }
      results.push(before !== undefined);
    }
    return results;
  });
}

/** The contract accepts ids with dashes here; those of accounts, entitlements and identities have none. */
function withoutDashes<K extends object>(key: K): K {
  return Object.fromEntries(Object.entries(key).map(([name, id]) => [name, String(id).replaceAll('-', '')])) as K;
}

/** Whether the ids can be in a database: PostgreSQL rejects NUL characters. */
function isStorable({ accountId, entitlementId }: ConnectionKey): boolean {
  return !accountId.includes('\0') && !entitlementId.includes('\0');
}
