import type { Security } from '../operation.ts';

const scopes = ['idn:task-management:read', 'idn:task-management:write'];

/** Who may read tasks (contract B.7). */
export const readTasks: Security = { userAuth: scopes, applicationAuth: scopes };

/** Who may change tasks. */
export const changeTasks: Security = { userAuth: ['idn:task-management:write'] };

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

/** As for reading, without HELPDESK. */
export const taskChangerLevels = taskReaderLevels.filter((level) => level !== 'HELPDESK');
