import { governanceGroups } from '../../domain/governance-groups/governance-groups.ts';
import { withFiguresOf } from '../../domain/governance-groups/group-lists.ts';
import { changeRecord } from '../../domain/resources/resource.ts';
import { jsonPatchBody, patchedFields } from '../json-patch.ts';
import { defineOperation } from '../operation.ts';
import { toPatchedDocument } from '../resources/resource-api.ts';
import { idPath } from '../schemas.ts';
import { workgroupApi } from './governance-groups.ts';
import { replyWithWorkgroup } from './projections.ts';
import { patchableWorkgroup, workgroup } from './schemas.ts';

const { tag, path: collectionPath, families, manage } = workgroupApi;

/** PATCH /workgroups/{id} (contract B.5). */
export const patchWorkgroup = defineOperation({
  operationId: 'patchWorkgroup',
  tag,
  summary: 'Patch a governance group',
  method: 'PATCH',
  path: `${collectionPath}/{id}`,
  families,
  ...manage,
  pathParameters: idPath,
  body: jsonPatchBody,
  success: { status: 200, schema: workgroup },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application: { database }, path, body, ifMatch, context }) => {
    const changed = await changeRecord(
      database,
      governanceGroups,
      path.id,
      (group) => patchedFields(patchableWorkgroup, toPatchedDocument(workgroupApi, group), body),
      { ifMatch, context },
    );
    return replyWithWorkgroup(await withFiguresOf(database, changed));
  },
});
