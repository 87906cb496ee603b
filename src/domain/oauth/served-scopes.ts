// Generated from the operations by "npm run generate". Do not edit.

/** The scopes that some operation asks for. */
export const servedScopes: readonly string[] = [
  'idn:accounts:manage',
  'idn:accounts:read',
  'idn:entitlement:manage',
  'idn:entitlement:read',
  'idn:entitlement:update',
  'idn:identity:manage',
  'idn:identity:read',
  'idn:segment:manage',
  'idn:segment:read',
  'idn:source-schema:manage',
  'idn:source-schema:read',
  'idn:sources:manage',
  'idn:sources:read',
  'idn:task-management:read',
  'idn:task-management:write',
  'sp:all-personal-access-tokens:manage',
  'sp:all-personal-access-tokens:read',
  'sp:auth-user:manage',
  'sp:auth-user:read',
  'sp:my-personal-access-tokens:manage',
  'sp:my-personal-access-tokens:read',
  'sp:oauth-client:manage',
  'sp:oauth-client:read',
  'sp:scopes:default',
];
