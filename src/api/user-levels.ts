import type { UserLevel } from '../domain/oauth/caller.ts';

/**
 * The level for OAuth clients and auth users, for which the contract declares none. They hand out rights, so that
 * "anybody" would let anybody make an administrator of themselves.
 */
export const administrators: readonly UserLevel[] = ['ORG_ADMIN'];
