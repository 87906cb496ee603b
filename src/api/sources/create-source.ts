import { Type } from 'typebox';
import { createSource as create } from '../../domain/sources/sources.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { manageSources, sourceLevels } from './access.ts';
import { toSource } from './projections.ts';
import { source, sourceInput } from './schemas.ts';

/** POST /sources (contract B.1). */
export const createSource = defineOperation({
  operationId: 'createSource',
  tag: 'Sources',
  summary: 'Create a source',
  method: 'POST',
  path: '/sources',
  families: contractFamilies,
  security: manageSources,
  userLevels: sourceLevels,
  pathParameters: Type.Object({}),
  query: Type.Object({
    provisionAsCsv: Type.Optional(
      Type.Boolean({
        description: 'Whether to create a source of CSV files, regardless of the connector in the body.',
      }),
    ),
  }),
  body: { mediaType: 'application/json', schema: sourceInput, requiredUnless: { connector: 'provisionAsCsv' } },
  success: { status: 201, schema: source },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, body, query, context }) => {
    const made = await create(application, body, query.provisionAsCsv === true, context);
    return { body: toSource(made), version: made.version };
  },
});
