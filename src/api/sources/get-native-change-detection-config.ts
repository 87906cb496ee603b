import { getDetection } from '../../domain/sources/native-change-detection.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { detectionLevels, detectionPath, nativeChangeDetection } from './native-change-detection.ts';

const scopes = ['idn:sources:read'];

/** GET /sources/{sourceId}/native-change-detection-config (contract B.1). */
export const getNativeChangeDetectionConfig = defineOperation({
  operationId: 'getNativeChangeDetectionConfig',
  tag: 'Sources',
  summary: 'Get the native change detection of a source, which is stored but not carried out',
  method: 'GET',
  path: '/sources/{sourceId}/native-change-detection-config',
  families: contractFamilies,
  security: { userAuth: scopes, applicationAuth: scopes },
  userLevels: detectionLevels,
  pathParameters: detectionPath,
  success: { status: 200, schema: nativeChangeDetection },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => {
    const { detection, version } = await getDetection(application.database, path.sourceId);
    return { body: detection, version };
  },
});
