import type { Rights } from '../resources/resource-api.ts';

const reading = ['idn:workgroup:read', 'idn:workgroup:manage'];
const managing = ['idn:workgroup:manage'];
const writing = ['idn:workgroup:write'];

/** Rights to read governance groups (contract B.5). Beta declares no level, which would open them to all users. */
export const readGroups: Rights = {
  security: { userAuth: reading, applicationAuth: reading },
  userLevels: ['ORG_ADMIN'],
};

/** Rights to change them. */
export const manageGroups: Rights = {
  security: { userAuth: managing, applicationAuth: managing },
  userLevels: ['ORG_ADMIN'],
};

/** Rights to change their members. */
export const writeMembers: Rights = {
  security: { userAuth: writing, applicationAuth: writing },
  userLevels: ['ORG_ADMIN'],
};
