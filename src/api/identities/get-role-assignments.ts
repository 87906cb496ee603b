import { Type } from 'typebox';
import { getIdentity } from '../../domain/identities/identities.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { identityReaders } from './access.ts';
import { readRoleAssignments, roleAssignment } from './role-assignment-schemas.ts';
import { identityIdPath } from './schemas.ts';

/** GET /identities/{identityId}/role-assignments (contract B.3). */
export const getRoleAssignments = defineOperation({
  operationId: 'getRoleAssignments',
  tag: 'Identities',
  summary: 'List the role assignments of an identity; none, as there are no roles',
  method: 'GET',
  path: '/identities/{identityId}/role-assignments',
  families: contractFamilies,
  security: readRoleAssignments,
  userLevels: identityReaders,
  pathParameters: identityIdPath,
  query: Type.Object({
    roleId: Type.Optional(Type.String({ description: 'Only assignments of this role.' })),
    roleName: Type.Optional(Type.String({ description: 'Only assignments of the role with this name.' })),
  }),
  success: { status: 200, schema: Type.Array(roleAssignment) },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => {
    await getIdentity(application.database, path.identityId);
    return { body: [] };
  },
});
