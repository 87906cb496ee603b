/**
 * The sources that a SOURCE_SUBADMIN manages: those that it owns, and those whose management workgroup it is a member of
 * (contract B.1). It sees and changes only these, their accounts, entitlements and tasks.
 */
import { forbidden, illegalValue, referencedObjectNotFound } from '../../errors.ts';
import { type Condition, type ListQuery, narrowed } from '../../list-query.ts';
import type { Database } from '../../storage/database.ts';
import { findIdentity } from '../../storage/identities/identities.ts';
import {
  findManagedSources,
  findSourcesOf,
  managedAmong,
  type ObjectOfSource,
} from '../../storage/sources/managed-sources.ts';
import { type Caller, type UserLevel, userLevelsOf } from '../oauth/caller.ts';
import { shownValue } from '../shown-value.ts';

export type { ObjectOfSource } from '../../storage/sources/managed-sources.ts';

/**
 * Returns the identity to whose sources a caller is limited, or undefined if it is not.
 * @param levels those that open the operation. Another one of them lifts the limit. An operation that is open to everyone
 *   has none, so that SOURCE_SUBADMIN limits a caller there who would see everything without it.
 */
export function limitOf({ subjectId, userLevels }: Caller, levels: readonly UserLevel[]): string | undefined {
  const unlimited = (['ORG_ADMIN', 'SOURCE_ADMIN', ...levels] as const).filter((level) => level !== 'SOURCE_SUBADMIN');
  const isLimited = userLevels.includes('SOURCE_SUBADMIN') && !unlimited.some((level) => userLevels.includes(level));
  return subjectId !== null && isLimited ? subjectId : undefined;
}

/**
 * Refuses objects of sources that an identity does not manage. Objects that do not exist are not refused, and tasks also
 * belong to who started them.
 * @throws 403 naming one of them
 */
export async function refuseUnmanaged(
  { keyed }: Database,
  identityId: string,
  objects: readonly ObjectOfSource[],
): Promise<void> {
  // PostgreSQL does not accept NUL in text, and no id contains one.
  const possible = objects.filter(({ id }) => !id.includes('\0'));
  for (const [kind, named] of Map.groupBy(possible, (object) => object.kind)) {
    const found = await findSourcesOf(keyed, kind, [...new Set(named.map(({ id }) => id))]);
    const others = found.filter(({ actorId }) => actorId !== identityId);
    const sourceIds = others.flatMap(({ sourceId }) => (sourceId === null ? [] : [sourceId]));
    const managed = await managedAmong(keyed, [...new Set(sourceIds)], identityId);
    const refused = others.find(({ sourceId }) => sourceId === null || !managed.has(sourceId));
    if (refused !== undefined) {
      const what = kind === 'source' ? `Source ${refused.id}` : `The source of ${kind} ${refused.id}`;
      throw forbidden(
        `${what} is managed by others. A SOURCE_SUBADMIN manages the sources that it owns and those whose management workgroup it is a member of.`,
      );
    }
  }
}

/**
 * Limits a list to the rows of the sources that an identity manages.
 * @param fields the field with the id of the source, and for tasks that with the identity that started it
 */
export async function withinManaged(
  { keyed }: Database,
  identityId: string,
  list: ListQuery,
  fields: { readonly source: string; readonly actor?: string | undefined },
): Promise<ListQuery> {
  const sources = await findManagedSources(keyed, identityId);
  const isOfSources: Condition = { kind: 'test', field: fields.source, operator: 'in', values: sources };
  const isManaged: Condition =
    fields.actor === undefined
      ? isOfSources
      : {
          kind: 'or',
          conditions: [isOfSources, { kind: 'test', field: fields.actor, operator: 'eq', values: [identityId] }],
        };
  return narrowed(list, isManaged);
}

/**
 * Limits a list of sources to what a subadmin sees (contract B.1, `for-subadmin`).
 * @param identityId null for a client without an identity
 * @throws 400 if there is no such identity, or if it is no subadmin
 */
export async function visibleToSubadmin(
  database: Database,
  list: ListQuery,
  identityId: string | null,
): Promise<ListQuery> {
  if (identityId === null) {
    throw illegalValue('Parameter "for-subadmin" is "me", but this client has no identity. Send the id of one.');
  }
  const identity = identityId.includes('\0') ? undefined : await findIdentity(database.keyed, identityId);
  if (identity === undefined) {
    throw referencedObjectNotFound('identity', identityId);
  }
  if (!userLevelsOf(identity).some((level) => level === 'SOURCE_SUBADMIN' || level === 'ROLE_SUBADMIN')) {
    throw illegalValue(
      `Parameter "for-subadmin" is ${shownValue(identityId)}. It must be an identity with the level SOURCE_SUBADMIN or ROLE_SUBADMIN.`,
    );
  }
  return withinManaged(database, identityId, list, { source: 'id' });
}
