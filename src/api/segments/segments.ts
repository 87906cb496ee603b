import { Type } from 'typebox';
import { segments } from '../../domain/segments/segments.ts';
import { contractFamilies } from '../families.ts';
import { resourceApi } from '../resources/resource-api.ts';
import { createOf, deleteOf, getOf, listOf, patchOf } from '../resources/resource-operations.ts';
import { nullable, oneOf } from '../schemas.ts';

/** Beta declares neither scopes nor levels. */
const overrides = { beta: { security: { userAuth: ['sp:scopes:all'] } } };
const reading = ['idn:segment:read', 'idn:segment:manage'];
const managing = ['idn:segment:manage'];

const operator = oneOf(['AND', 'EQUALS']);
const test = {
  attribute: Type.Optional(nullable(Type.String())),
  value: Type.Optional(
    nullable(
      Type.Object(
        { type: Type.Optional(Type.String()), value: Type.String() },
        { additionalProperties: false, title: 'Value' },
      ),
    ),
  ),
};
const child = Type.Object({ operator, ...test, children: Type.Optional(Type.Null()) }, { additionalProperties: false });
const expression = Type.Object(
  { operator, ...test, children: Type.Optional(nullable(Type.Array(child))) },
  { additionalProperties: false, title: 'Expression' },
);

/** Segments (contract B.4). */
const segmentApi = resourceApi({
  resource: segments,
  title: 'Segment',
  tag: 'Segments',
  path: '/segments',
  families: contractFamilies,
  read: { security: { userAuth: reading, applicationAuth: reading }, userLevels: ['ORG_ADMIN'], overrides },
  manage: { security: { userAuth: managing, applicationAuth: managing }, userLevels: ['ORG_ADMIN'], overrides },
  collection: { maximumLimit: 250 },
  schemas: {
    visibilityCriteria: Type.Object({ expression }, { additionalProperties: false, title: 'VisibilityCriteria' }),
  },
});

export const listSegments = listOf(segmentApi, { operationId: 'listSegments', summary: 'List segments' });
export const createSegment = createOf(segmentApi, { operationId: 'createSegment', summary: 'Create a segment' });
export const getSegment = getOf(segmentApi, { operationId: 'getSegment', summary: 'Get a segment' });
export const patchSegment = patchOf(segmentApi, { operationId: 'patchSegment', summary: 'Patch a segment' });
export const deleteSegment = deleteOf(segmentApi, { operationId: 'deleteSegment', summary: 'Delete a segment' });
