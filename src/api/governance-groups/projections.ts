import type { Static } from 'typebox';
import type { ShownGroup } from '../../domain/governance-groups/group-lists.ts';
import type { Reply } from '../operation.ts';
import { wireTime } from '../wire-time.ts';
import type { workgroup } from './schemas.ts';

/** A group in the contract's form. */
export function toWorkgroup(group: ShownGroup): Static<typeof workgroup> {
  const { owner, ownerEmail, description } = group;
  return {
    ...(owner === null
      ? {}
      : {
          owner: {
            type: 'IDENTITY',
            ...owner,
            displayName: owner.name,
            ...(ownerEmail === null ? {} : { emailAddress: ownerEmail }),
          },
        }),
    id: group.id,
    name: group.name,
    ...(description === null ? {} : { description }),
    memberCount: group.memberCount,
    connectionCount: group.connectionCount,
    created: wireTime(group.created),
    modified: wireTime(group.modified),
  };
}

/** The response of an operation on one group. */
export function replyWithWorkgroup(group: ShownGroup): Reply {
  return { body: toWorkgroup(group), version: group.version };
}
