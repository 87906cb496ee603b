/** The limit of callers who manage only some sources, for all operations: on the object that a path names, and on lists. */
import type { Application } from '../application.ts';
import type { Caller } from '../domain/oauth/caller.ts';
import { limitOf, type ObjectOfSource, refuseUnmanaged, withinManaged } from '../domain/sources/managed-sources.ts';
import type { ListQuery } from '../list-query.ts';
import type { OperationFacts } from './operation.ts';

/** The parts of paths that are followed by the id of an object of a source. */
const kinds: Readonly<Record<string, ObjectOfSource['kind']>> = {
  sources: 'source',
  accounts: 'account',
  entitlements: 'entitlement',
  'task-status': 'task',
  tasks: 'task',
};

/** The first object of a source that a path names: its kind, and the path parameter with its id. */
export interface NamedObject {
  readonly kind: ObjectOfSource['kind'];
  readonly parameter: string;
}

/** Returns the first object of a source that a contract path such as `/accounts/{id}/entitlements` names, or undefined. */
export function objectNamedIn(path: string): NamedObject | undefined {
  for (const [, noun = '', parameter = ''] of path.matchAll(/([\w-]+)\/\{(\w+)\}/g)) {
    const kind = kinds[noun];
    if (kind !== undefined) {
      return { kind, parameter };
    }
  }
  return undefined;
}

/**
 * Returns the list query, limited to what the caller may see.
 * @throws 403 if the path names an object of a source that the caller does not manage
 */
export async function limitedTo(
  { database }: Application,
  caller: Caller,
  facts: OperationFacts,
  named: NamedObject | undefined,
  path: Readonly<Record<string, unknown>>,
  list: ListQuery,
): Promise<ListQuery> {
  const identityId = limitOf(caller, facts.userLevels);
  if (identityId === undefined) {
    return list;
  }
  if (named !== undefined) {
    await refuseUnmanaged(database, identityId, { kind: named.kind, id: String(path[named.parameter]) });
  }
  const { sourceField, actorField } = facts.collection ?? {};
  return sourceField === undefined
    ? list
    : withinManaged(database, identityId, list, { source: sourceField, actor: actorField });
}
