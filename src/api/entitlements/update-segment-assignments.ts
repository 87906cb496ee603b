import { Type } from 'typebox';
import { updateSegmentAssignments as updateAssignments } from '../../domain/entitlements/segment-assignments.ts';
import { defineOperation } from '../operation.ts';
import { comesBack, nullable, oneOf } from '../schemas.ts';

const entitlements = Type.Optional(
  nullable(
    Type.Array(
      Type.Object(
        { type: Type.Optional(oneOf(['ENTITLEMENT'])), id: Type.String(), name: comesBack },
        { additionalProperties: false },
      ),
    ),
  ),
);

/**
 * POST /entitlements/segment-assignments (contract A.2). An extension: the contract describes the request, but gives no
 * path. The rights are those for a patch of the entitlements.
 */
export const updateSegmentAssignments = defineOperation({
  operationId: 'updateSegmentAssignments',
  method: 'POST',
  path: '/entitlements/segment-assignments',
  tag: 'Entitlements',
  summary: 'Assign entitlements to a segment, and remove others from it',
  families: ['beta', 'muniment'],
  pathParameters: Type.Object({}),
  security: { userAuth: ['idn:entitlement:manage'] },
  userLevels: ['ORG_ADMIN', 'SOURCE_ADMIN'],
  body: {
    mediaType: 'application/json',
    schema: Type.Object(
      { segmentId: Type.String(), assignments: entitlements, removals: entitlements },
      { additionalProperties: false, title: 'SegmentAssignments' },
    ),
  },
  success: { status: 200 },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, body, context }) => {
    const { segmentId, assignments, removals } = body;
    await updateAssignments(
      application.database,
      {
        segmentId,
        assignments: (assignments ?? []).map(({ id }) => id),
        removals: (removals ?? []).map(({ id }) => id),
      },
      context,
    );
    return {};
  },
});
