import { putDetection } from '../../domain/sources/native-change-detection.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import {
  detectionLevels,
  detectionPath,
  nativeChangeDetection,
  nativeChangeDetectionInput,
} from './native-change-detection.ts';

const scopes = ['idn:sources:update'];

/** PUT /sources/{sourceId}/native-change-detection-config (contract B.1). */
export const putNativeChangeDetectionConfig = defineOperation({
  operationId: 'putNativeChangeDetectionConfig',
  tag: 'Sources',
  summary: 'Replace the native change detection of a source, which is stored but not carried out',
  method: 'PUT',
  path: '/sources/{sourceId}/native-change-detection-config',
  families: contractFamilies,
  security: { userAuth: scopes, applicationAuth: scopes },
  userLevels: detectionLevels,
  pathParameters: detectionPath,
  body: { mediaType: 'application/json', schema: nativeChangeDetectionInput },
  success: { status: 200, schema: nativeChangeDetection },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, body, ifMatch, context }) => {
    const options = { ifMatch, context };
    const { detection, version } = await putDetection(application.database, path.sourceId, body, options);
    return { body: detection, version };
  },
});
