import type { Caller } from '../domain/oauth/caller.ts';
import { forbidden } from '../errors.ts';
import { holdsOneOf } from '../domain/oauth/scopes.ts';
import type { OperationFacts } from './operation.ts';

/**
 * Accepts a caller who has one of the operation's scopes for the caller's security scheme and, if it acts for an identity,
 * one of the operation's user levels (contract §0, "Auth"). Throws 403 with what is required.
 */
export function authorise(caller: Caller, facts: OperationFacts): void {
  const scheme = caller.subjectId === null ? 'applicationAuth' : 'userAuth';
  const scopes = facts.security[scheme];
  if (scopes === undefined) {
    const wanted =
      scheme === 'userAuth' ? 'clients that act for themselves' : 'users, e.g. with a personal access token';
    throw forbidden(`Operation ${facts.operationId} is for ${wanted}.`);
  }
  const held = caller.scopes;
  if (scopes.length > 0 && !holdsOneOf(held, scopes)) {
    throw forbidden(
      `Operation ${facts.operationId} needs one of the scopes ${scopes.join(', ')}. The token has ${held.join(', ') || 'none'}.`,
    );
  }
  const levels = facts.userLevels;
  if (scheme === 'userAuth' && levels.length > 0 && !levels.some((level) => caller.userLevels.includes(level))) {
    throw forbidden(
      `Operation ${facts.operationId} needs one of the user levels ${levels.join(', ')}. ${caller.name} has ${caller.userLevels.join(', ') || 'none'}.`,
    );
  }
}
