import { getAttributeSync } from '../../domain/sources/attribute-sync.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { attributeSyncConfig, attributeSyncReply } from './attribute-sync.ts';

/** GET /sources/{id}/attribute-sync-config (contract B.1). */
export const getSourceAttrSyncConfig = defineOperation({
  operationId: 'getSourceAttrSyncConfig',
  tag: 'Sources',
  summary: 'Get the attribute synchronisation of a source, which is stored but not carried out',
  method: 'GET',
  path: '/sources/{id}/attribute-sync-config',
  families: contractFamilies,
  security: { userAuth: ['idn:attr-sync-source-config:read', 'idn:attr-sync-source-config:manage'] },
  // Beta declares no level, which would open it to all users.
  userLevels: ['ORG_ADMIN', 'HELPDESK'],
  pathParameters: idPath,
  success: { status: 200, schema: attributeSyncConfig },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => attributeSyncReply(await getAttributeSync(application.database, path.id)),
});
