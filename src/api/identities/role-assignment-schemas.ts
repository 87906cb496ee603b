import { Type } from 'typebox';
import type { Security } from '../operation.ts';
import { dateTime, nullable, oneOf } from '../schemas.ts';

/** The roles of an identity. This version has no roles, so no identity has any. */

export const readRoleAssignments: Security = {
  userAuth: ['idn:identity:read', 'idn:identity-direct-report:read', 'idn:identity:manage'],
};

const role = Type.Object(
  { type: oneOf(['ROLE']), id: Type.String(), name: Type.String() },
  { additionalProperties: false },
);

export const roleAssignment = Type.Object(
  {
    id: Type.String(),
    role,
    addedDate: dateTime,
    startDate: nullable(dateTime),
    removeDate: nullable(dateTime),
  },
  { additionalProperties: false, title: 'RoleAssignmentDto' },
);
