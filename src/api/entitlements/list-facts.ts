/** The filters and sorters of the lists of entitlements (contract A.1), by family and operation. */
import { privilegeLevels } from '../../domain/entitlements/privilege.ts';
import type { FilterFields } from '../filters/check.ts';
import type { Collection } from '../operation.ts';

const relativesFilters = {
  id: { type: 'id', operators: ['eq', 'in'] },
  name: { type: 'string', operators: ['eq', 'in', 'sw'] },
  type: { type: 'string', operators: ['eq', 'in'] },
  attribute: { type: 'string', operators: ['eq', 'in'] },
  value: { type: 'string', operators: ['eq', 'in', 'sw'] },
  'source.id': { type: 'id', operators: ['eq', 'in'] },
  requestable: { type: 'boolean', operators: ['eq'] },
  created: { type: 'date', operators: ['gt', 'lt', 'ge', 'le'] },
  modified: { type: 'date', operators: ['gt', 'lt', 'ge', 'le'] },
} as const satisfies FilterFields;

const filters = {
  ...relativesFilters,
  'owner.id': { type: 'id', operators: ['eq', 'in'] },
} as const satisfies FilterFields;

const filtersV2026 = {
  ...filters,
  tags: { type: 'string', operators: ['eq'] },
  'privilegeLevel.direct': { type: 'string', operators: ['eq'], values: privilegeLevels },
} as const satisfies FilterFields;

const relativesSorters = ['id', 'name', 'created', 'modified', 'type', 'attribute', 'value', 'source.id'];
const sorters = [...relativesSorters, 'requestable'];

/** The list of all entitlements, beta to v2025. */
export const entitlementCollection: Collection = { filters, sorters, maximumLimit: 250, sourceField: 'source.id' };

/** The lists of parents and children, beta to v2025. */
export const relativesCollection: Collection = {
  filters: relativesFilters,
  sorters: relativesSorters,
  maximumLimit: 250,
  sourceField: 'source.id',
};

/** All lists of entitlements, v2026 and v1. */
export const collectionV2026: Collection = {
  filters: filtersV2026,
  sorters,
  maximumLimit: 250,
  sourceField: 'source.id',
  searchAfter: true,
};
