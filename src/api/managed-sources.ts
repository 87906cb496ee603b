/** The limit of callers who manage only some sources, for all operations: on the objects that a request names, and on lists. */
import type { Application } from '../application.ts';
import type { Caller } from '../domain/oauth/caller.ts';
import { limitOf, type ObjectOfSource, refuseUnmanaged, withinManaged } from '../domain/sources/managed-sources.ts';
import type { ListQuery } from '../list-query.ts';
import type { Call, Operation, OperationFacts } from './operation.ts';

/** The parts of paths that are followed by the id of an object of a source. */
const kinds: Readonly<Record<string, ObjectOfSource['kind']>> = {
  sources: 'source',
  account: 'account',
  accounts: 'account',
  entitlements: 'entitlement',
  'task-status': 'task',
  tasks: 'task',
};

/** The first object of a source that a path names: its kind, and the path parameter with its id. */
interface NamedObject {
  readonly kind: ObjectOfSource['kind'];
  readonly parameter: string;
}

/** Returns the first object of a source that a contract path such as `/accounts/{id}/entitlements` names, or undefined. */
function objectNamedIn(path: string): NamedObject | undefined {
  for (const [, noun = '', parameter = ''] of path.matchAll(/([\w-]+)\/\{(\w+)\}/g)) {
    const kind = kinds[noun];
    if (kind !== undefined) {
      return { kind, parameter };
    }
  }
  return undefined;
}

/** What a request names: its path, and for some operations its query and its body. */
type Named = Pick<Call, 'path' | 'query' | 'body'>;

/** Returns the check of one operation in one family, which is made before its handler is called. */
export function limitsOf(
  { path, namesObjects }: Operation,
  facts: OperationFacts,
): (application: Application, caller: Caller, named: Named, list: ListQuery) => Promise<ListQuery> {
  const inPath = objectNamedIn(path);
  const { sourceField, actorField } = facts.collection ?? {};
  /**
   * Returns the list query, limited to what the caller may see.
   * @throws 403 if the request names an object of a source that the caller does not manage
   */
  return async ({ database }, caller, named, list) => {
    const identityId = limitOf(caller, facts.userLevels);
    if (identityId === undefined) {
      return list;
    }
    const parameters = named.path as Readonly<Record<string, unknown>>;
    await refuseUnmanaged(database, identityId, [
      ...(inPath === undefined ? [] : [{ kind: inPath.kind, id: String(parameters[inPath.parameter]) }]),
      ...(namesObjects?.(named) ?? []),
    ]);
    return sourceField === undefined
      ? list
      : withinManaged(database, identityId, list, { source: sourceField, actor: actorField });
  };
}
