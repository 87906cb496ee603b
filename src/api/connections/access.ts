/** The rights that the operations on connections require (contract B.14), and the families that have them. */
import type { UserLevel } from '../../domain/oauth/caller.ts';
import type { Family } from '../families.ts';
import type { Security } from '../operation.ts';

export const connectionFamilies: readonly Family[] = ['v2026', 'v1'];

export const administrators: readonly UserLevel[] = ['ORG_ADMIN'];

export const manageConnections: Security = { userAuth: ['idn:entitlement-connections:manage'] };
