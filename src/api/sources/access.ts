import type { Security } from '../operation.ts';

const reading = ['idn:sources:read', 'idn:sources:manage'];
const managing = ['idn:sources:manage'];

/** Who may read sources (contract B.1). */
export const readSources: Security = { userAuth: reading, applicationAuth: reading };

/** Who may change sources. */
export const manageSources: Security = { userAuth: managing, applicationAuth: managing };

/** The levels for sources. */
export const sourceLevels = ['ORG_ADMIN', 'SOURCE_ADMIN', 'SOURCE_SUBADMIN'] as const;

/** Who may read schemas of sources (contract B.1). */
export const readSchemas: Security = { userAuth: ['idn:source-schema:read', 'idn:source-schema:manage'] };

/** Who may change schemas of sources. */
export const manageSchemas: Security = { userAuth: ['idn:source-schema:manage'] };

/**
 * The levels for changes of schemas. The contract states them for new schemas only; without them the other
 * operations would be open to everybody.
 */
export const schemaManagerLevels = ['ORG_ADMIN', 'SOURCE_ADMIN'] as const;

/** Who may talk to the systems behind sources (contract B.1). */
export const manageConnectors: Security = {
  userAuth: ['idn:source-connector:manage'],
  applicationAuth: ['idn:source-connector:manage'],
};

/** The level for that. Beta names none; without one everybody could do it there. */
export const connectorLevels = ['ORG_ADMIN'] as const;
