import type { UserLevel } from '../../domain/oauth/caller.ts';
import type { ObjectOfSource } from '../../domain/sources/managed-sources.ts';
import type { ReceivedObject } from '../../domain/tags/tagged-objects.ts';
import type { Security } from '../operation.ts';

const reading = ['idn:tag:read', 'idn:tag:manage'];
const managing = ['idn:tag:manage'];

export const readTags: Security = { userAuth: reading, applicationAuth: reading };
export const manageTags: Security = { userAuth: managing, applicationAuth: managing };

/** The levels that the contract names for the bulk operations; it names none for the others (contract B.9). */
export const taggers: readonly UserLevel[] = [
  'ORG_ADMIN',
  'CERT_ADMIN',
  'REPORT_ADMIN',
  'ROLE_ADMIN',
  'ROLE_SUBADMIN',
  'SOURCE_ADMIN',
  'SOURCE_SUBADMIN',
];

/** Beta declares no levels and no access for clients without a user for the bulk operations. */
export const bulkInBeta: Security = { userAuth: managing };

/** Returns those of the objects that belong to a source, which a SOURCE_SUBADMIN must manage. */
export function objectsOfSources(objects: readonly ReceivedObject[]): ObjectOfSource[] {
  return objects.flatMap(({ type, id }): ObjectOfSource[] => {
    const kind = kinds[type];
    return kind === undefined ? [] : [{ kind, id }];
  });
}

const kinds: Partial<Record<ReceivedObject['type'], ObjectOfSource['kind']>> = {
  ENTITLEMENT: 'entitlement',
  SOURCE: 'source',
};
