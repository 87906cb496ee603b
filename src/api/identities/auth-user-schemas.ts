import { Type } from 'typebox';
import { capabilities } from '../../domain/identities/auth-users.ts';
import { dateTime, nullable, oneOf } from '../schemas.ts';

const assigned = nullable(Type.Array(oneOf(capabilities)));

/** The fields that can be changed. */
export const patchable = {
  schema: Type.Object({ capabilities: Type.Optional(assigned) }),
  nullableArrays: ['capabilities'],
} as const;

/** AuthUser (contract B.8). Members without data are null, or omitted where null is not allowed. */
export const authUser = Type.Object(
  {
    tenant: Type.String(),
    id: Type.String(),
    uid: Type.String(),
    profile: Type.Optional(Type.String()),
    identificationNumber: nullable(Type.String()),
    email: nullable(Type.String()),
    phone: nullable(Type.String()),
    workPhone: nullable(Type.String()),
    personalEmail: nullable(Type.String()),
    firstname: nullable(Type.String()),
    lastname: nullable(Type.String()),
    displayName: Type.String(),
    alias: Type.String(),
    lastPasswordChangeDate: nullable(dateTime),
    lastLoginTimestamp: Type.Optional(Type.Integer()),
    currentLoginTimestamp: Type.Optional(Type.Integer()),
    lastUnlockTimestamp: nullable(dateTime),
    capabilities: assigned,
  },
  { additionalProperties: false, title: 'AuthUser' },
);
