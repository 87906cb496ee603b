import type { UserLevel } from '../../domain/oauth/caller.ts';
import type { Security } from '../operation.ts';

/** Who may read identities (contract B.3). */
export const readIdentities: Security = { userAuth: ['idn:identity:read', 'idn:identity:manage'] };

/**
 * The levels for reading identities with all their attributes. The contract declares none, which would allow everyone to
 * read everything about everyone. The data that everyone may read is at public-identities.
 */
export const identityReaders: readonly UserLevel[] = [
  'ORG_ADMIN',
  'SOURCE_ADMIN',
  'SOURCE_SUBADMIN',
  'ROLE_ADMIN',
  'ROLE_SUBADMIN',
  'HELPDESK',
  'CERT_ADMIN',
  'REPORT_ADMIN',
];

/** The levels for reading what identities own, which includes objects of sources that a SOURCE_SUBADMIN does not manage. */
export const ownershipReaders: readonly UserLevel[] = identityReaders.filter((level) => level !== 'SOURCE_SUBADMIN');
