import { Type } from 'typebox';
import { listIdentities as list } from '../../domain/identities/identities.ts';
import { contractFamilies } from '../families.ts';
import type { FilterFields } from '../filters/check.ts';
import { defineOperation } from '../operation.ts';
import { oneOf } from '../schemas.ts';
import { identityReaders, readIdentities } from './access.ts';
import { toIdentity } from './projections.ts';
import { identity, identityStatuses, processingStates } from './schemas.ts';

const filters: FilterFields = {
  id: { type: 'id', operators: ['eq', 'in'] },
  name: { type: 'string', operators: ['eq', 'sw'] },
  alias: { type: 'string', operators: ['eq', 'sw'] },
  firstname: { type: 'string', operators: ['eq', 'sw'] },
  lastname: { type: 'string', operators: ['eq', 'sw'] },
  email: { type: 'string', operators: ['eq', 'sw'] },
  cloudStatus: { type: 'string', operators: ['eq'], values: identityStatuses },
  processingState: { type: 'string', operators: ['eq'], values: processingStates },
  correlated: { type: 'boolean', operators: ['eq'] },
  protected: { type: 'boolean', operators: ['eq'] },
};

/** GET /identities (contract B.3). */
export const listIdentities = defineOperation({
  operationId: 'listIdentities',
  tag: 'Identities',
  summary: 'List identities',
  method: 'GET',
  path: '/identities',
  families: contractFamilies,
  security: readIdentities,
  userLevels: identityReaders,
  pathParameters: Type.Object({}),
  query: Type.Object({
    defaultFilter: Type.Optional(
      oneOf(['CORRELATED_ONLY', 'NONE'], {
        default: 'CORRELATED_ONLY',
        description: 'CORRELATED_ONLY omits identities without an authoritative account; NONE includes them.',
      }),
    ),
  }),
  collection: { filters, sorters: ['name', 'alias', 'cloudStatus'], maximumLimit: 250 },
  success: { status: 200, schema: Type.Array(identity) },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, query, list: asked }) => {
    const scope = query.defaultFilter === 'NONE' ? 'all' : 'correlated';
    const { identities, total } = await list(application.database, scope, asked);
    return { body: identities.map(toIdentity), total };
  },
});
