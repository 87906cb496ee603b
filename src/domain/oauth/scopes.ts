import { forbidden, illegalValue } from '../../errors.ts';
import { nearest } from '../../likeness.ts';
import type { Caller } from './caller.ts';
import { servedScopes } from './served-scopes.ts';
import { shownValue } from '../shown-value.ts';

/** The scope that stands for everything its holder may do (contract §0, "Auth"). */
export const everyScope = 'sp:scopes:all';

/**
 * Words with colons between them, as every scope of the contract. Scopes that no operation here uses are let be: a
 * client may bring those it has elsewhere, and there is no full list of them. But one that is so few letters away from
 * a scope that is used is taken for a slip: nobody would notice before the client is refused everything.
 */
const mostSlips = 2;
const scopeForm = /^(?=.{1,200}$)[A-Za-z0-9_.-]+(:[A-Za-z0-9_.-]+)+$/;

/** Whether one of the scopes is held. */
export function holdsOneOf(held: readonly string[], scopes: readonly string[]): boolean {
  return held.includes(everyScope) || scopes.some((scope) => held.includes(scope));
}

/** What is left of the scopes a token was given, now that its client has these. */
export function narrowed(given: readonly string[], now: readonly string[]): readonly string[] {
  if (now.includes(everyScope)) {
    return given;
  }
  return given.includes(everyScope) ? now : given.filter((scope) => now.includes(scope));
}

/**
 * The scopes a new client gets. Without any asked for it gets those of its maker, which usually is every scope.
 * @throws 400 for a text that is no scope or a misspelt one; 403 when the maker's own token lacks one, as nobody can give what they lack
 */
export function grantedScope(asked: readonly string[] | null | undefined, maker: Caller): readonly string[] {
  if (asked === null || asked === undefined) {
    return maker.scopes;
  }
  if (asked.length === 0) {
    throw illegalValue(`Field "scope" is empty. It must name at least one scope, or be left out for ${everyScope}.`);
  }
  const wrong = asked.find((scope) => !scopeForm.test(scope));
  if (wrong !== undefined) {
    throw illegalValue(
      `Field "scope" has ${shownValue(wrong)}. A scope is words with colons between them, e.g. idn:entitlement:read or ${everyScope}, in at most 200 characters.`,
    );
  }
  for (const scope of asked) {
    const meant = nearest(scope, [...servedScopes, everyScope], mostSlips);
    if (meant !== undefined && meant !== scope) {
      throw illegalValue(`Field "scope" has ${shownValue(scope)}, which is no scope. Write ${meant}.`);
    }
  }
  const lacking = asked.find((scope) => !holdsOneOf(maker.scopes, [scope]));
  if (lacking !== undefined) {
    throw forbidden(
      `Scope ${lacking} cannot be given: the token of this request has only ${maker.scopes.join(', ') || 'none'}.`,
    );
  }
  return [...new Set(asked)];
}
