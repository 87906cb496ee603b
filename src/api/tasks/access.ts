import type { Security } from '../operation.ts';

const scopes = ['idn:task-management:read', 'idn:task-management:write'];

/** Who may read tasks (contract B.7). */
export const readTasks: Security = { userAuth: scopes, applicationAuth: scopes };

export const taskReaderLevels = [
  'ORG_ADMIN',
  'HELPDESK',
  'CERT_ADMIN',
  'REPORT_ADMIN',
  'ROLE_ADMIN',
  'ROLE_SUBADMIN',
  'SOURCE_ADMIN',
  'SOURCE_SUBADMIN',
] as const;
