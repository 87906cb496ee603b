import type { Security } from '../operation.ts';

const reading = ['idn:sources:read', 'idn:sources:manage'];
const managing = ['idn:sources:manage'];

/** Rights to read sources (contract B.1). */
export const readSources: Security = { userAuth: reading, applicationAuth: reading };

/** Rights to change sources. */
export const manageSources: Security = { userAuth: managing, applicationAuth: managing };

/** User levels for sources. */
export const sourceLevels = ['ORG_ADMIN', 'SOURCE_ADMIN', 'SOURCE_SUBADMIN'] as const;

/** Rights to read schemas of sources (contract B.1). */
export const readSchemas: Security = { userAuth: ['idn:source-schema:read', 'idn:source-schema:manage'] };

/** Rights to change schemas of sources. */
export const manageSchemas: Security = { userAuth: ['idn:source-schema:manage'] };

/**
 * User levels for changes of schemas. The contract declares them only for new schemas; without them the other
 * operations would be open to all users.
 */
export const schemaManagerLevels = ['ORG_ADMIN', 'SOURCE_ADMIN'] as const;

/** Rights to use the connections of sources (contract B.1). */
export const manageConnectors: Security = {
  userAuth: ['idn:source-connector:manage'],
  applicationAuth: ['idn:source-connector:manage'],
};

/** The user level for that. Beta declares none, which would open it to all users. */
export const connectorLevels = ['ORG_ADMIN'] as const;
