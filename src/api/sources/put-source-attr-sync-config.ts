import { putAttributeSync } from '../../domain/sources/attribute-sync.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { attributeSyncConfig, attributeSyncConfigInput, attributeSyncReply } from './attribute-sync.ts';

/** PUT /sources/{id}/attribute-sync-config (contract B.1). */
export const putSourceAttrSyncConfig = defineOperation({
  operationId: 'putSourceAttrSyncConfig',
  tag: 'Sources',
  summary: 'Replace the attribute synchronisation of a source, which is stored but not carried out',
  method: 'PUT',
  path: '/sources/{id}/attribute-sync-config',
  families: contractFamilies,
  security: { userAuth: ['idn:attr-sync-source-config:manage'] },
  // Beta declares no level, which would open it to all users.
  userLevels: ['ORG_ADMIN'],
  pathParameters: idPath,
  body: { mediaType: 'application/json', schema: attributeSyncConfigInput },
  success: { status: 200, schema: attributeSyncConfig },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, body, ifMatch, context }) =>
    attributeSyncReply(await putAttributeSync(application.database, path.id, body, { ifMatch, context })),
});
