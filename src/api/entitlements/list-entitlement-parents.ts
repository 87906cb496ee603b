import { defineRelativesOperation } from './relatives.ts';

/** GET /entitlements/{id}/parents (contract A.1, 4). */
export const listEntitlementParents = defineRelativesOperation('parents', 'listEntitlementParents');
