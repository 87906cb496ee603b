import type { Security } from '../operation.ts';

const scopes = ['idn:accounts:read', 'idn:accounts:manage'];

/** Who may read accounts (contract B.2). */
export const readAccounts: Security = { userAuth: scopes, applicationAuth: scopes };

export const accountReaderLevels = ['ORG_ADMIN', 'SOURCE_ADMIN', 'SOURCE_SUBADMIN', 'HELPDESK'] as const;

const managing = ['idn:accounts:manage'];
const changingState = ['idn:accounts-state:manage'];

/** Who may create, change and delete accounts (contract B.2). */
export const manageAccounts: Security = { userAuth: managing, applicationAuth: managing };
export const accountManagerLevels = ['ORG_ADMIN', 'SOURCE_ADMIN', 'SOURCE_SUBADMIN'] as const;

/** Who may enable, disable, unlock and reload accounts (contract B.2). */
export const changeAccountState: Security = { userAuth: changingState, applicationAuth: changingState };

/** Who may enable and disable all accounts of identities (contract B.2). */
export const changeIdentityAccounts: Security = {
  userAuth: [...changingState, 'idn:accounts-provisioning:manage'],
  applicationAuth: changingState,
};
