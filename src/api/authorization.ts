import type { Principal } from '../domain/oauth/principal.ts';
import { forbidden } from '../errors.ts';
import { holdsOneOf } from '../domain/oauth/scopes.ts';
import type { OperationFacts } from './operation.ts';

/**
 * Lets a caller pass who has one of the operation's scopes under the caller's security scheme and, being a
 * person, one of its user levels (contract §0, "Auth"). Throws 403 saying what would do.
 */
export function authorise(principal: Principal, facts: OperationFacts): void {
  const scheme = principal.identityId === null ? 'applicationAuth' : 'userAuth';
  const scopes = facts.security[scheme];
  if (scopes === undefined) {
    const wanted = scheme === 'userAuth' ? 'a client without a person' : 'a person, e.g. by a personal access token';
    throw forbidden(`Operation ${facts.operationId} is for ${wanted}.`);
  }
  const held = principal.scopes;
  if (scopes.length > 0 && !holdsOneOf(held, scopes)) {
    throw forbidden(
      `Operation ${facts.operationId} needs one of the scopes ${scopes.join(', ')}. The token has ${held.join(', ') || 'none'}.`,
    );
  }
  const levels = facts.userLevels;
  if (scheme === 'userAuth' && levels.length > 0 && !levels.some((level) => principal.userLevels.includes(level))) {
    throw forbidden(
      `Operation ${facts.operationId} needs one of the user levels ${levels.join(', ')}. ${principal.name} has ${principal.userLevels.join(', ') || 'none'}.`,
    );
  }
}
