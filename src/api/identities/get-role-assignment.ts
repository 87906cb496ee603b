import { Type } from 'typebox';
import { getIdentity } from '../../domain/identities/identities.ts';
import { notFound } from '../../errors.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { identityReaders } from './access.ts';
import { readRoleAssignments, roleAssignment } from './role-assignment-schemas.ts';

/** GET /identities/{identityId}/role-assignments/{assignmentId} (contract B.3): always 404. */
export const getRoleAssignment = defineOperation({
  operationId: 'getRoleAssignment',
  tag: 'Identities',
  summary: 'Get a role assignment of an identity',
  method: 'GET',
  path: '/identities/{identityId}/role-assignments/{assignmentId}',
  families: contractFamilies,
  security: readRoleAssignments,
  userLevels: identityReaders,
  pathParameters: Type.Object({
    identityId: Type.String({ minLength: 1 }),
    assignmentId: Type.String({ minLength: 1 }),
  }),
  success: { status: 200, schema: roleAssignment },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => {
    await getIdentity(application.database, path.identityId);
    throw notFound('role assignment', path.assignmentId);
  },
});
