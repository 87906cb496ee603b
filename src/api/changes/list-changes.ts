import { Type } from 'typebox';
import { changedObjects, changeKinds, listChanges as listAll } from '../../domain/changes/changes.ts';
import { readHistory } from '../entitlements/access.ts';
import { type Collection, defineOperation, PreparedText } from '../operation.ts';
import { toChange } from './projections.ts';
import { change } from './schemas.ts';

const id = { type: 'id', operators: ['eq', 'in'] } as const;

const collection: Collection = {
  maximumLimit: 250,
  filters: {
    time: { type: 'date', operators: ['gt', 'ge', 'lt', 'le'] },
    number: { type: 'number', operators: ['eq', 'gt', 'ge', 'lt', 'le'] },
    actorId: id,
    clientId: id,
    taskId: id,
    objectType: { type: 'string', operators: ['eq', 'in'], values: changedObjects },
    objectId: id,
    kind: { type: 'string', operators: ['eq', 'in'], values: changeKinds },
  },
  sorters: ['time', 'number'],
  searchAfter: true,
  key: 'number',
};

/** GET /muniment/v1/changes: who changed what, when, and by which client and task. */
export const listChanges = defineOperation({
  operationId: 'listChanges',
  tag: 'Changes',
  summary: 'List all changes, newest first',
  method: 'GET',
  path: '/changes',
  families: ['muniment'],
  security: readHistory,
  userLevels: ['ORG_ADMIN', 'REPORT_ADMIN'],
  pathParameters: Type.Object({}),
  collection,
  success: { status: 200, schema: Type.Array(change) },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, list }) => {
    const { changes, total } = await listAll(application.database, list);
    return { body: new PreparedText(`[${changes.map(toChange).join(',')}]`), total };
  },
});
