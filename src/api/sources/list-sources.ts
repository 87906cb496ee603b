import { Type } from 'typebox';
import { visibleToSubadmin } from '../../domain/sources/managed-sources.ts';
import { countSources, listSources as list } from '../../domain/sources/sources.ts';
import type { Operator } from '../../list-query.ts';
import { contractFamilies } from '../families.ts';
import type { FilterFields } from '../filters/check.ts';
import { defineOperation } from '../operation.ts';
import { readSources, sourceLevels } from './access.ts';
import { toSource } from './projections.ts';
import { source } from './schemas.ts';

const range = ['eq', 'in', 'ge', 'gt', 'le', 'lt', 'ne', 'isnull', 'sw'] as const satisfies readonly Operator[];

const filters: FilterFields = {
  id: { type: 'id', operators: range },
  name: { type: 'string', operators: ['co', 'eq', 'in', 'sw', 'ge', 'gt', 'ne', 'isnull'] },
  type: { type: 'string', operators: ['eq', 'in', 'ge', 'gt', 'ne', 'isnull', 'sw'] },
  'owner.id': { type: 'id', operators: range },
  features: { type: 'set', operators: ['ca', 'co'] },
  created: { type: 'date', operators: range },
  modified: { type: 'date', operators: range },
  'managementWorkgroup.id': { type: 'id', operators: range },
  description: { type: 'string', operators: ['eq', 'sw'] },
  authoritative: { type: 'boolean', operators: ['eq', 'ne', 'isnull'] },
  healthy: { type: 'boolean', operators: ['isnull'] },
  status: { type: 'string', operators: range },
  connectionType: { type: 'string', operators: range },
  connectorName: { type: 'string', operators: ['eq', 'ge', 'gt', 'in', 'ne', 'isnull', 'sw'] },
  category: { type: 'string', operators: ['co', 'eq', 'ge', 'gt', 'in', 'le', 'lt', 'ne', 'sw'] },
};

/** GET /sources (contract B.1). */
export const listSources = defineOperation({
  operationId: 'listSources',
  tag: 'Sources',
  summary: 'The sources',
  method: 'GET',
  path: '/sources',
  families: contractFamilies,
  security: readSources,
  userLevels: [...sourceLevels, 'ROLE_SUBADMIN'],
  pathParameters: Type.Object({}),
  query: Type.Object({
    includeIDNSource: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Whether to include the source of the platform itself. There is none here, so it has no effect.',
      }),
    ),
    'for-subadmin': Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'Only the sources that this SOURCE_SUBADMIN or ROLE_SUBADMIN manages: the id of an identity, or "me".',
      }),
    ),
  }),
  collection: {
    maximumLimit: 250,
    sourceField: 'id',
    filters,
    sorters: [
      'type',
      'created',
      'modified',
      'name',
      'owner.name',
      'healthy',
      'status',
      'id',
      'description',
      'owner.id',
      'accountCorrelationConfig.id',
      'accountCorrelationConfig.name',
      'managerCorrelationRule.type',
      'managerCorrelationRule.id',
      'managerCorrelationRule.name',
      'authoritative',
      'managementWorkgroup.id',
      'connectorName',
      'connectionType',
    ],
  },
  success: { status: 200, schema: Type.Array(source) },
  errors: [400, 401, 403, 404, 429, 500],
  overrides: {
    beta: { security: { userAuth: ['idn:sources:read'] } },
  },
  handle: async ({ application: { database }, caller, query: { 'for-subadmin': subadmin }, list: query }) => {
    const asked =
      subadmin === undefined
        ? query
        : await visibleToSubadmin(database, query, subadmin === 'me' ? caller.subjectId : subadmin);
    return {
      body: (await list(database, asked)).map(toSource),
      total: asked.count ? await countSources(database, asked) : undefined,
    };
  },
});
