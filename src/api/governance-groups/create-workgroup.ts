import { Type } from 'typebox';
import { governanceGroups } from '../../domain/governance-groups/governance-groups.ts';
import { withFiguresOf } from '../../domain/governance-groups/group-lists.ts';
import { createRecord } from '../../domain/resources/resource.ts';
import { defineOperation } from '../operation.ts';
import { workgroupApi } from './governance-groups.ts';
import { replyWithWorkgroup } from './projections.ts';
import { workgroup, workgroupInput } from './schemas.ts';

const { tag, path, families, manage } = workgroupApi;

/** POST /workgroups (contract B.5). Its status is 200. */
export const createWorkgroup = defineOperation({
  operationId: 'createWorkgroup',
  tag,
  summary: 'Create a governance group',
  method: 'POST',
  path,
  families,
  ...manage,
  pathParameters: Type.Object({}),
  body: { mediaType: 'application/json', schema: workgroupInput },
  success: { status: 200, schema: workgroup },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application: { database }, body, context }) =>
    replyWithWorkgroup(await withFiguresOf(database, await createRecord(database, governanceGroups, body, context))),
});
