import { describe, expect, test } from 'vitest';
import { type Caller, userLevels } from '../domain/oauth/caller.ts';
import type { MunimentError } from '../errors.ts';
import { authorise } from './authorization.ts';
import { families } from './families.ts';
import { factsFor, type OperationFacts } from './operation.ts';
import { operations } from './operations.ts';

const served: readonly { name: string; facts: OperationFacts }[] = families.flatMap(({ name: family }) =>
  operations
    .filter((operation) => operation.families.includes(family))
    .map((operation) => ({ name: `${operation.operationId} in ${family}`, facts: factsFor(operation, family) })),
);

const scopes = [
  ...new Set([
    'sp:scopes:all',
    'sp:scopes:default',
    'idn:nothing:read',
    ...served.flatMap(({ facts: { security } }) => [...(security.userAuth ?? []), ...(security.applicationAuth ?? [])]),
  ]),
].toSorted();

function isAllowed(caller: Caller, facts: OperationFacts): boolean {
  try {
    authorise(caller, facts);
    return true;
  } catch (error) {
    expect((error as MunimentError).status).toBe(403);
    return false;
  }
}

/** All callers: each scope with each user level and with none, with and without an identity. */
const callers: readonly Caller[] = scopes.flatMap((scope) =>
  [undefined, ...userLevels].flatMap((level) =>
    [null, 'a'.repeat(32)].map((subjectId) => ({
      clientId: 'c'.repeat(32),
      subjectId,
      name: `${scope}, ${level ?? 'no level'}, ${subjectId === null ? 'a client' : 'a person'}`,
      scopes: [scope],
      userLevels: level === undefined ? [] : [level],
    })),
  ),
);

describe('rights: every operation × scope × user level × scheme', () => {
  test.each(served)('$name', ({ facts: { security, userLevels: levels, ...facts } }) => {
    const right = (scopesThatDo: readonly string[] | undefined): string[] =>
      scopesThatDo === undefined ? [] : scopesThatDo.length === 0 ? scopes : [...scopesThatDo, 'sp:scopes:all'];
    const persons = right(security.userAuth).flatMap((scope) =>
      (levels.length === 0 ? ['no level', ...userLevels] : levels).map((level) => `${scope}, ${level}, a person`),
    );
    const clients = right(security.applicationAuth).flatMap((scope) =>
      ['no level', ...userLevels].map((level) => `${scope}, ${level}, a client`),
    );
    const allowed = callers.filter((caller) => isAllowed(caller, { ...facts, security, userLevels: levels }));
    expect(allowed.map(({ name }) => name).toSorted()).toEqual([...new Set([...persons, ...clients])].toSorted());
  });

  test("Muniment's own operations require an administrator's level and a scope", () => {
    const open = served
      .filter(({ name }) => name.endsWith(' in muniment'))
      .filter(({ facts: { security, userLevels: levels } }) => {
        const schemes = Object.values(security);
        return levels.length === 0 || schemes.length === 0 || schemes.some((scheme) => scheme.length === 0);
      });
    expect(open).toEqual([]);
  });
});
