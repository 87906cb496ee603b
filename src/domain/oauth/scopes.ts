import { forbidden, illegalValue } from '../../errors.ts';
import { nearest } from '../../likeness.ts';
import type { Caller } from './caller.ts';
import { servedScopes } from './served-scopes.ts';
import { shownValue } from '../shown-value.ts';

/** The scope that includes all others (contract §0, "Auth"). */
export const everyScope = 'sp:scopes:all';

/**
 * Words separated by colons, as every scope of the contract. Scopes that no operation here uses are accepted: clients
 * may have scopes for other servers, and there is no complete list of them. But a scope with at most this many wrong
 * letters compared with a used scope is a misspelling, which would otherwise be noticed only when requests are rejected.
 */
const mostSlips = 2;
const scopeForm = /^(?=.{1,200}$)[A-Za-z0-9_.-]+(:[A-Za-z0-9_.-]+)+$/;

/** Whether one of the scopes is held. */
export function holdsOneOf(held: readonly string[], scopes: readonly string[]): boolean {
  return held.includes(everyScope) || scopes.some((scope) => held.includes(scope));
}

/** The scopes of a token that its client still has. */
export function narrowed(given: readonly string[], now: readonly string[]): readonly string[] {
  if (now.includes(everyScope)) {
    return given;
  }
  return given.includes(everyScope) ? now : given.filter((scope) => now.includes(scope));
}

/**
 * The scopes of a new client. If none are requested, it gets those of its creator, usually all.
 * @throws 400 for an invalid or misspelt scope; 403 if the creator's own token lacks one
 */
export function grantedScope(asked: readonly string[] | null | undefined, maker: Caller): readonly string[] {
  if (asked === null || asked === undefined) {
    return maker.scopes;
  }
  if (asked.length === 0) {
    throw illegalValue(`Field "scope" is empty. It must contain at least one scope, or be omitted for ${everyScope}.`);
  }
  const wrong = asked.find((scope) => !scopeForm.test(scope));
  if (wrong !== undefined) {
    throw illegalValue(
      `Field "scope" has ${shownValue(wrong)}. A scope consists of words separated by colons, e.g. idn:entitlement:read or ${everyScope}, in at most 200 characters.`,
    );
  }
  for (const scope of asked) {
    const meant = nearest(scope, [...servedScopes, everyScope], mostSlips);
    if (meant !== undefined && meant !== scope && isSlipOf(scope, meant)) {
      throw illegalValue(`Field "scope" has ${shownValue(scope)}, which is not a scope. Write ${meant}.`);
    }
  }
  const lacking = asked.find((scope) => !holdsOneOf(maker.scopes, [scope]));
  if (lacking !== undefined) {
    throw forbidden(
      `Scope ${lacking} cannot be granted: the token of this request has only ${maker.scopes.join(', ') || 'none'}.`,
    );
  }
  return [...new Set(asked)];
}

/** Whether each word is nearly the other's: one letter in three may differ, so that short nouns stay different words. */
function isSlipOf(scope: string, meant: string): boolean {
  const words = meant.split(':');
  return scope.split(':').every((word, index) => {
    const other = words[index] ?? '';
    return nearest(word, [other], Math.floor(Math.max(word.length, other.length) / 3)) !== undefined;
  });
}
