import { getIdentity as get } from '../../domain/identities/identities.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { identityReaders, readIdentities } from './access.ts';
import { toIdentity } from './projections.ts';
import { identity } from './schemas.ts';

/** GET /identities/{id} (contract B.3). */
export const getIdentity = defineOperation({
  operationId: 'getIdentity',
  tag: 'Identities',
  summary: 'Get an identity',
  method: 'GET',
  path: '/identities/{id}',
  families: contractFamilies,
  security: readIdentities,
  userLevels: identityReaders,
  pathParameters: idPath,
  success: { status: 200, schema: identity },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => {
    const found = await get(application.database, path.id);
    return { body: toIdentity(found), version: found.version };
  },
});
