import { Type } from 'typebox';
import { removeGroups } from '../../domain/governance-groups/remove-groups.ts';
import { defineOperation } from '../operation.ts';
import { workgroupApi } from './governance-groups.ts';
import { itemResults } from './schemas.ts';

/** How many groups one request may delete. */
const mostGroups = 100;

const { tag, path, families, manage } = workgroupApi;

/** POST /workgroups/bulk-delete (contract B.5). */
export const deleteWorkgroupsInBulk = defineOperation({
  operationId: 'deleteWorkgroupsInBulk',
  tag,
  summary: 'Delete several governance groups',
  method: 'POST',
  path: `${path}/bulk-delete`,
  families,
  ...manage,
  pathParameters: Type.Object({}),
  body: {
    mediaType: 'application/json',
    schema: Type.Object(
      { ids: Type.Array(Type.String(), { maxItems: mostGroups }) },
      { additionalProperties: false, title: 'WorkgroupBulkDeleteRequest' },
    ),
  },
  success: { status: 207, schema: itemResults('WorkgroupDeleteItem') },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, body, context }) => ({
    body: await removeGroups(application.database, body.ids, context),
  }),
});
