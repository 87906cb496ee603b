import { patchSource } from '../../domain/sources/sources.ts';
import { contractFamilies } from '../families.ts';
import { jsonPatchBody, patchedFields } from '../json-patch.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { manageSources, sourceLevels } from './access.ts';
import { toSource } from './projections.ts';
import { source, patchableSource } from './schemas.ts';

/** PATCH /sources/{id} (contract B.1). */
export const updateSource = defineOperation({
  operationId: 'updateSource',
  tag: 'Sources',
  summary: 'Patch a source',
  method: 'PATCH',
  path: '/sources/{id}',
  families: contractFamilies,
  security: manageSources,
  userLevels: sourceLevels,
  pathParameters: idPath,
  body: jsonPatchBody,
  success: { status: 200, schema: source },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, body, ifMatch, context }) => {
    const changed = await patchSource(
      application,
      path.id,
      (document) => patchedFields(patchableSource, document, body),
      { ifMatch, context },
    );
    return { body: toSource(changed), version: changed.version };
  },
});
