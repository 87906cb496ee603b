import type { Security } from '../operation.ts';

export { readSources, manageSources, sourceLevels } from '../sources/access.ts';

const reading = ['idn:entitlement:read', 'idn:entitlement:manage'];

/** Rights to read the request configuration of entitlements (contract A.1). */
export const readEntitlementConfig: Security = { userAuth: reading, applicationAuth: reading };

/** Rights to change it. */
export const manageEntitlementConfig: Security = { userAuth: ['idn:entitlement:manage'] };
