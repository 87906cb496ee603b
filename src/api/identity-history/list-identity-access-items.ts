import { Type } from 'typebox';
import { accessTypes } from '../../domain/identities/access-items.ts';
import { listAccessItems } from '../../domain/identities/access-lists.ts';
import { contractFamilies } from '../families.ts';
import type { FilterFields } from '../filters/check.ts';
import { defineOperation } from '../operation.ts';
import { idPath, oneOf } from '../schemas.ts';
import { historyReaders, readIdentityHistory } from './access.ts';
import { toAccessItem } from './projections.ts';
import { accessItem } from './schemas.ts';

const type = Type.Optional(oneOf(accessTypes, { default: 'account', description: 'The type of access.' }));

const filters: FilterFields = {
  source: { type: 'string', operators: ['eq'] },
  attribute: { type: 'string', operators: ['eq'] },
  standalone: { type: 'boolean', operators: ['eq'] },
  privileged: { type: 'boolean', operators: ['eq'] },
  cloudGoverned: { type: 'boolean', operators: ['eq'] },
};

const sorters = [
  'name',
  'value',
  'standalone',
  'privileged',
  'attribute',
  'source',
  'cloudGoverned',
  'removeDate',
  'nativeIdentity',
  'entitlementCount',
];

/** GET /historical-identities/{id}/access-items (contract B.13). */
export const listIdentityAccessItems = defineOperation({
  operationId: 'listIdentityAccessItems',
  tag: 'Identity History',
  summary: 'List what an identity has access to; a deleted one, what it had',
  method: 'GET',
  path: '/historical-identities/{id}/access-items',
  families: contractFamilies,
  security: readIdentityHistory,
  userLevels: historyReaders,
  pathParameters: idPath,
  query: Type.Object({ type }),
  collection: { maximumLimit: 250 },
  overrides: {
    beta: {
      query: Type.Object({
        type,
        query: Type.Optional(
          Type.String({
            maxLength: 500,
            description: 'A part of the name, of the native identity of an account, or of value or description.',
          }),
        ),
      }),
      collection: { filters, sorters, maximumLimit: 250 },
    },
  },
  success: { status: 200, schema: Type.Array(accessItem) },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, query, list }) => {
    // Only beta has it.
    const { query: part } = query as { readonly query?: string };
    const { items, total } = await listAccessItems(application.database, path.id, {
      type: query.type ?? 'account',
      part,
      list,
    });
    return { body: items.map(toAccessItem), total };
  },
});
