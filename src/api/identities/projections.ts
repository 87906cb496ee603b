import type { Static } from 'typebox';
import type { IdentityRow } from '../../domain/identities/identities.ts';
import { wireTime } from '../wire-time.ts';
import type { identity } from './schemas.ts';

type Identity = Static<typeof identity>;

/** Converts an identity to the wire form. */
export function toIdentity(row: IdentityRow): Identity {
  return {
    id: row.id,
    name: row.name,
    alias: row.alias,
    emailAddress: row.email,
    processingState: row.processingState as Identity['processingState'],
    identityStatus: row.identityStatus as Identity['identityStatus'],
    managerRef: row.managerId === null ? null : { type: 'IDENTITY', id: row.managerId, name: row.managerName ?? '' },
    isManager: row.isManager === 1,
    lastRefresh: wireTime(row.lastRefresh ?? row.modified),
    attributes: JSON.parse(row.attributes) as Record<string, unknown>,
    lifecycleState: row.lifecycleState === null ? null : { stateName: row.lifecycleState, manuallyUpdated: false },
    created: wireTime(row.created),
    modified: wireTime(row.modified),
  };
}
