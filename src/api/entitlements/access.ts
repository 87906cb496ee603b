import type { Security } from '../operation.ts';

const scopes = ['idn:entitlement:read', 'idn:entitlement:manage'];

/** Who may read past states and changes of entitlements. */
export const readHistory: Security = { userAuth: scopes, applicationAuth: scopes };

/** Who may delete entitlements (contract A.2). */
export const deleteEntitlements: Security = { userAuth: ['idn:entitlement:delete'] };
