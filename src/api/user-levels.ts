import type { UserLevel } from '../domain/oauth/caller.ts';

/**
 * The level for OAuth clients and auth users, for which the contract declares none. These operations grant rights: without
 * a level anyone could become an administrator.
 */
export const administrators: readonly UserLevel[] = ['ORG_ADMIN'];
