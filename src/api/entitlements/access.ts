import type { Security } from '../operation.ts';

const scopes = ['idn:entitlement:read', 'idn:entitlement:manage'];

/** Who may read what entitlements were and what changed. */
export const readHistory: Security = { userAuth: scopes, applicationAuth: scopes };
