/**
 * The operations that resources have in common. An operation that differs is written in its own file, which calls the
 * functions of `src/domain/resources`; this file has no options for it.
 */
import { Type } from 'typebox';
import {
  changeRecord,
  type ColumnKinds,
  createRecord,
  getRecord,
  listPage,
  type RecordOf,
  removeRecord,
} from '../../domain/resources/resource.ts';
import { jsonPatchBody, patchedFields } from '../json-patch.ts';
import { defineOperation, type Operation, type Reply } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { type ResourceApi, toPatchedDocument, toResource } from './resource-api.ts';

/** The name of an operation, in v2025 or else in the first family, and its summary. */
interface Name {
  readonly operationId: string;
  readonly summary: string;
}

/** GET of the collection. */
export function listOf<C extends ColumnKinds>(api: ResourceApi<C>, name: Name): Operation {
  const { tag, path, families, read, collection, resource } = api;
  return defineOperation({
    ...name,
    ...read,
    method: 'GET',
    tag,
    path,
    families,
    pathParameters: Type.Object({}),
    collection,
    success: { status: 200, schema: Type.Array(api.shown) },
    errors: [400, 401, 403, 429, 500],
    handle: async ({ application, list }) => {
      const { records, total } = await listPage(application.database, resource, list);
      return { body: records.map((record) => toResource(api, record)), total };
    },
  });
}

/** POST to the collection. */
export function createOf<C extends ColumnKinds>(api: ResourceApi<C>, name: Name): Operation {
  const { tag, path, families, manage, resource } = api;
  return defineOperation({
    ...name,
    ...manage,
    method: 'POST',
    tag,
    path,
    families,
    pathParameters: Type.Object({}),
    body: { mediaType: 'application/json', schema: api.input },
    success: { status: 201, schema: api.shown },
    errors: [400, 401, 403, 429, 500],
    handle: async ({ application, body, context }) =>
      replyWith(api, await createRecord(application.database, resource, body, context)),
  });
}

/** GET of one object. */
export function getOf<C extends ColumnKinds>(api: ResourceApi<C>, name: Name): Operation {
  return defineOperation({
    ...name,
    ...api.read,
    method: 'GET',
    ...ofOne(api),
    success: { status: 200, schema: api.shown },
    handle: async ({ application, path }) =>
      replyWith(api, await getRecord(application.database, api.resource, path.id)),
  });
}

/** PATCH of one object. */
export function patchOf<C extends ColumnKinds>(api: ResourceApi<C>, name: Name): Operation {
  return defineOperation({
    ...name,
    ...api.manage,
    method: 'PATCH',
    ...ofOne(api),
    body: jsonPatchBody,
    success: { status: 200, schema: api.shown },
    handle: async ({ application, path, body, ifMatch, context }) => {
      const edit = (record: RecordOf<C>) => patchedFields(api.patchable, toPatchedDocument(api, record), body);
      return replyWith(
        api,
        await changeRecord(application.database, api.resource, path.id, edit, { ifMatch, context }),
      );
    },
  });
}

/** DELETE of one object. */
export function deleteOf<C extends ColumnKinds>(api: ResourceApi<C>, name: Name): Operation {
  return defineOperation({
    ...name,
    ...api.manage,
    method: 'DELETE',
    ...ofOne(api),
    success: { status: 204 },
    handle: async ({ application, path, ifMatch, context }) => {
      await removeRecord(application.database, api.resource, path.id, { ifMatch, context });
      return {};
    },
  });
}

function ofOne<C extends ColumnKinds>({ tag, path, families }: ResourceApi<C>) {
  return {
    tag,
    path: `${path}/{id}`,
    families,
    pathParameters: idPath,
    errors: [400, 401, 403, 404, 429, 500],
  } as const;
}

function replyWith<C extends ColumnKinds>(api: ResourceApi<C>, record: RecordOf<C>): Reply {
  return { body: toResource(api, record), version: record.version };
}
