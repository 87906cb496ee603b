import { Type } from 'typebox';
import { listAccounts as listAll } from '../../domain/accounts/accounts.ts';
import { contractFamilies } from '../families.ts';
import type { FilterFields } from '../filters/check.ts';
import { defineOperation, PreparedText } from '../operation.ts';
import { oneOf } from '../schemas.ts';
import { accountReaderLevels, readAccounts } from './access.ts';
import { accountText } from './projections.ts';
import { account } from './schemas.ts';

const filters: FilterFields = {
  id: { type: 'id', operators: ['eq', 'in', 'sw'] },
  identityId: { type: 'id', operators: ['eq', 'in', 'sw'] },
  name: { type: 'string', operators: ['eq', 'in', 'sw'] },
  nativeIdentity: { type: 'string', operators: ['eq', 'in', 'sw'] },
  sourceId: { type: 'id', operators: ['eq', 'in', 'sw'] },
  hasEntitlements: { type: 'boolean', operators: ['eq'] },
  uncorrelated: { type: 'boolean', operators: ['eq'] },
  entitlements: { type: 'boolean', operators: ['eq'] },
  manuallyCorrelated: { type: 'boolean', operators: ['eq'] },
  origin: { type: 'string', operators: ['eq', 'in'], values: ['AGGREGATED', 'PROVISIONED'] },
  'identity.name': { type: 'string', operators: ['eq', 'in', 'sw'] },
  'identity.correlated': { type: 'boolean', operators: ['eq'] },
  'identity.identityState': { type: 'string', operators: ['eq', 'in'] },
  'source.displayableName': { type: 'string', operators: ['eq', 'in'] },
  'source.authoritative': { type: 'boolean', operators: ['eq'] },
  'source.connectionType': { type: 'string', operators: ['eq', 'in'] },
  'recommendation.method': { type: 'string', operators: ['eq', 'in', 'isnull'] },
  'recommendation.type': { type: 'string', operators: ['eq', 'in', 'isnull'] },
  created: { type: 'date', operators: ['eq', 'ge', 'gt', 'le', 'lt'] },
  modified: { type: 'date', operators: ['eq', 'ge', 'gt', 'le', 'lt'] },
};

/** GET /accounts (contract B.2). */
export const listAccounts = defineOperation({
  operationId: 'listAccounts',
  tag: 'Accounts',
  summary: 'List accounts',
  method: 'GET',
  path: '/accounts',
  families: contractFamilies,
  security: readAccounts,
  userLevels: accountReaderLevels,
  pathParameters: Type.Object({}),
  query: Type.Object({
    detailLevel: Type.Optional(
      oneOf(['SLIM', 'FULL'], {
        default: 'FULL',
        description: 'SLIM omits identity, sourceOwner, features and origin.',
      }),
    ),
  }),
  collection: {
    maximumLimit: 250,
    sourceField: 'sourceId',
    filters,
    sorters: [
      'id',
      'name',
      'created',
      'modified',
      'sourceId',
      'identityId',
      'identity.id',
      'nativeIdentity',
      'uuid',
      'manuallyCorrelated',
      'entitlements',
      'origin',
      'identity.name',
      'identity.identityState',
      'identity.correlated',
      'source.displayableName',
      'source.authoritative',
      'source.connectionType',
    ],
  },
  success: { status: 200, schema: Type.Array(account) },
  errors: [400, 401, 403, 429, 500],
  overrides: { beta: { deprecated: true } },
  handle: async ({ application, query, list }) => {
    const { accounts, total } = await listAll(application.database, list);
    const texts = accounts.map((row) => accountText(row, query.detailLevel ?? 'FULL'));
    return { body: new PreparedText(`[${texts.join(',')}]`), total };
  },
});
