import { Type } from 'typebox';
import { listGroups } from '../../domain/governance-groups/group-lists.ts';
import { defineOperation } from '../operation.ts';
import { workgroupApi } from './governance-groups.ts';
import { toWorkgroup } from './projections.ts';
import { workgroup } from './schemas.ts';

const { tag, path, families, read, collection } = workgroupApi;

/** GET /workgroups (contract B.5). */
export const listWorkgroups = defineOperation({
  operationId: 'listWorkgroups',
  tag,
  summary: 'List governance groups',
  method: 'GET',
  path,
  families,
  ...read,
  pathParameters: Type.Object({}),
  collection,
  success: { status: 200, schema: Type.Array(workgroup) },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, list }) => {
    const { groups, total } = await listGroups(application.database, list);
    return { body: groups.map(toWorkgroup), total };
  },
});
