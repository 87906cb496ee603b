import { deleteTag } from '../../domain/tags/tags.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { manageTags, taggers } from './access.ts';

/** DELETE /tags/{id} (contract B.9). */
export const deleteTagById = defineOperation({
  operationId: 'deleteTagById',
  method: 'DELETE',
  path: '/tags/{id}',
  tag: 'Tags',
  summary: 'Delete a tag that no object has',
  families: contractFamilies,
  pathParameters: idPath,
  security: manageTags,
  userLevels: taggers,
  success: { status: 204 },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, ifMatch, context }) => {
    await deleteTag(application.database, path.id, { ifMatch, context });
    return {};
  },
});
