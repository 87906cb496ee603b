import { defineRelativesOperation } from './relatives.ts';

/** GET /entitlements/{id}/children (contract A.1, 5). */
export const listEntitlementChildren = defineRelativesOperation('children', 'listEntitlementChildren');
