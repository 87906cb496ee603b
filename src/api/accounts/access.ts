import type { Security } from '../operation.ts';

const scopes = ['idn:accounts:read', 'idn:accounts:manage'];

/** Who may read accounts (contract B.2). */
export const readAccounts: Security = { userAuth: scopes, applicationAuth: scopes };

export const accountReaderLevels = ['ORG_ADMIN', 'SOURCE_ADMIN', 'SOURCE_SUBADMIN', 'HELPDESK'] as const;
