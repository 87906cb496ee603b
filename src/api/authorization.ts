import type { Caller } from '../domain/oauth/caller.ts';
import { forbidden } from '../errors.ts';
import { holdsOneOf } from '../domain/oauth/scopes.ts';
import type { OperationFacts } from './operation.ts';

/**
 * Lets a caller pass who has one of the operation's scopes under the caller's security scheme and, being a
 * person, one of its user levels (contract §0, "Auth"). Throws 403 saying what would do.
 */
export function authorise(caller: Caller, facts: OperationFacts): void {
  const scheme = caller.subjectId === null ? 'applicationAuth' : 'userAuth';
  const scopes = facts.security[scheme];
  if (scopes === undefined) {
    const wanted = scheme === 'userAuth' ? 'a client without a person' : 'a person, e.g. by a personal access token';
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
