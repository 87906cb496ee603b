import type { Security } from '../operation.ts';

function both(...scopes: readonly string[]): Security {
  return { userAuth: scopes, applicationAuth: scopes };
}

/** Who may read, create and change attributes and values (contract B.6). */
export const readMetadata = both('idn:access-model-metadata:read', 'idn:access-model-metadata:manage');
export const createMetadata = both('idn:access-model-metadata:create');
export const updateMetadata = both('idn:access-model-metadata:update');

/** Who may change the metadata of entitlements. */
export const manageEntitlements: Security = { userAuth: ['idn:entitlement:manage'] };
