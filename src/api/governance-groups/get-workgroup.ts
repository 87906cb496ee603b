import { governanceGroups } from '../../domain/governance-groups/governance-groups.ts';
import { withFiguresOf } from '../../domain/governance-groups/group-lists.ts';
import { getRecord } from '../../domain/resources/resource.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { workgroupApi } from './governance-groups.ts';
import { replyWithWorkgroup } from './projections.ts';
import { workgroup } from './schemas.ts';

const { tag, path: collectionPath, families, read } = workgroupApi;

/** GET /workgroups/{id} (contract B.5). */
export const getWorkgroup = defineOperation({
  operationId: 'getWorkgroup',
  tag,
  summary: 'Get a governance group',
  method: 'GET',
  path: `${collectionPath}/{id}`,
  families,
  ...read,
  pathParameters: idPath,
  success: { status: 200, schema: workgroup },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application: { database }, path }) =>
    replyWithWorkgroup(await withFiguresOf(database, await getRecord(database, governanceGroups, path.id))),
});
