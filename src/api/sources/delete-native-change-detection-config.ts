import { deleteDetection } from '../../domain/sources/native-change-detection.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { detectionLevels, detectionPath } from './native-change-detection.ts';

const scopes = ['idn:sources:manage'];

/** DELETE /sources/{sourceId}/native-change-detection-config (contract B.1). */
export const deleteNativeChangeDetectionConfig = defineOperation({
  operationId: 'deleteNativeChangeDetectionConfig',
  tag: 'Sources',
  summary: 'Delete the native change detection of a source',
  method: 'DELETE',
  path: '/sources/{sourceId}/native-change-detection-config',
  families: contractFamilies,
  security: { userAuth: scopes, applicationAuth: scopes },
  userLevels: detectionLevels,
  pathParameters: detectionPath,
  success: { status: 204 },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, ifMatch, context }) => {
    await deleteDetection(application.database, path.sourceId, { ifMatch, context });
    return {};
  },
});
