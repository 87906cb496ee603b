import { putIdentityMapping as put } from '../../domain/identities/set-identity-mapping.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { manageSources, sourceLevels } from './access.ts';
import { identityMapping, identityMappingInput, toIdentityMapping } from './identity-mapping.ts';

/** PUT /muniment/v1/sources/{id}/identity-mapping. Omitted fields get their defaults, so `{}` resets the mapping. */
export const putIdentityMapping = defineOperation({
  operationId: 'putIdentityMapping',
  tag: 'Sources',
  summary: 'Set the identity mapping of an authoritative source',
  method: 'PUT',
  path: '/sources/{id}/identity-mapping',
  families: ['muniment'],
  security: manageSources,
  userLevels: sourceLevels,
  pathParameters: idPath,
  body: { mediaType: 'application/json', schema: identityMappingInput },
  success: { status: 200, schema: identityMapping },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, body, ifMatch, caller, context }) => {
    const request = { launcher: caller.name, context };
    const { mapping, version } = await put(application.database, path.id, body, ifMatch, request);
    return { body: toIdentityMapping(mapping), version };
  },
});
