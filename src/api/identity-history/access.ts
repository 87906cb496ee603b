import type { UserLevel } from '../../domain/oauth/caller.ts';
import type { Security } from '../operation.ts';

const scopes = ['idn:identity-history:read', 'idn:identity-history:manage'];

/** Who may read the history of identities (contract B.13). */
export const readIdentityHistory: Security = { userAuth: scopes, applicationAuth: scopes };

/**
 * The levels for it. The contract declares them for one operation only; without them, everyone could read what everyone
 * had access to.
 */
export const historyReaders: readonly UserLevel[] = ['ORG_ADMIN', 'HELPDESK', 'REPORT_ADMIN'];
