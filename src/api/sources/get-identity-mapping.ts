import { getIdentityMapping as get } from '../../domain/identities/set-identity-mapping.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { readSources, sourceLevels } from './access.ts';
import { identityMapping, toIdentityMapping } from './identity-mapping.ts';

/** GET /muniment/v1/sources/{id}/identity-mapping. */
export const getIdentityMapping = defineOperation({
  operationId: 'getIdentityMapping',
  tag: 'Sources',
  summary: 'Get the identity mapping of an authoritative source',
  method: 'GET',
  path: '/sources/{id}/identity-mapping',
  families: ['muniment'],
  security: readSources,
  userLevels: sourceLevels,
  pathParameters: idPath,
  success: { status: 200, schema: identityMapping },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => {
    const { mapping, version } = await get(application.database, path.id);
    return { body: toIdentityMapping(mapping), version };
  },
});
