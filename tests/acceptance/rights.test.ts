import { beforeAll, describe, expect, test } from 'vitest';
import { families, type Family } from '../../src/api/families.ts';
import { factsFor, type OperationFacts } from '../../src/api/operation.ts';
import { operations } from '../../src/api/operations.ts';
import { userLevels } from '../../src/domain/oauth/caller.ts';
import { type Answer, ApiClient, tokenOf } from '../support/api-client.ts';
import { addPerson } from '../support/persons.ts';
import { describeOwnServer, describeServer, expectStatus, pathIn, type ServerUnderTest } from './acceptance.ts';

/** An operation in one family, and a request for it without effect: no body, and unknown ids. */
interface Served {
  readonly name: string;
  readonly family: Family;
  readonly facts: OperationFacts;
  readonly method: string;
  readonly url: string;
}

const served: readonly Served[] = families.flatMap(({ name: family }) =>
  operations
    .filter((operation) => operation.families.includes(family))
    .map((operation) => {
      const { operationId: name, method } = operation;
      const path = pathIn(family, operation.path).replaceAll(/\{[^}]+\}/g, 'f'.repeat(32));
      // Only administrators may list all tokens: a separate rule from the operation's rights.
      const url = name === 'listPersonalAccessTokens' ? `${path}?owner-id=me` : path;
      return { name: `${name} in ${family}`, family, facts: factsFor(operation, family), method, url };
    }),
);

const distinct = (names: readonly string[]): string[] => [...new Set(names)].toSorted();
// What needs every scope is opened by no scope alone.
const userScopes = distinct(served.flatMap(({ facts }) => facts.security.userAuth ?? [])).filter(
  (scope) => scope !== 'sp:scopes:all',
);
const applicationScopes = distinct(served.flatMap(({ facts }) => facts.security.applicationAuth ?? []));

/** Returns the statuses of all operations for one caller, by name. */
async function statusesFor(api: ApiClient, of: readonly Served[] = served): Promise<Record<string, number>> {
  const statuses = await Promise.all(
    of.map(async ({ name, method, url }) => [name, (await api.send(method, url)).status] as const),
  );
  return Object.fromEntries(statuses);
}

/** Returns operations that are wrongly allowed or wrongly rejected. */
function mistakes(statuses: Record<string, number>, isAllowed: (one: Served) => boolean): string[] {
  return served
    .filter((one) => isAllowed(one) === [401, 403].includes(statuses[one.name] ?? 0))
    .map((one) => `${one.name}: ${statuses[one.name]}`);
}

const allows = (scopes: readonly string[] | undefined, scope: string): boolean => scopes?.includes(scope) ?? false;

/** Creates a client through the API, passes it to `use`, and deletes it again. */
async function withClient(
  server: ServerUnderTest,
  path: string,
  body: object,
  use: (api: ApiClient) => Promise<void>,
): Promise<void> {
  const { id, secret } = expectStatus(await server.api.send('POST', path, body), 200);
  try {
    await use(new ApiClient(server.url, await tokenOf(server.url, id, secret)));
  } finally {
    expectStatus(await server.api.send('DELETE', `${path}/${id}`), 204);
  }
}

describeServer('rights by scopes', (server) => {
  const withScopes = (scope: readonly string[], use: (api: ApiClient) => Promise<void>): Promise<void> =>
    withClient(server(), '/v2025/personal-access-tokens', { name: 'Narrow', scope }, use);
  const withApplication = (scope: readonly string[], use: (api: ApiClient) => Promise<void>): Promise<void> => {
    const fields = { description: null, accessTokenValiditySeconds: 600, accessType: 'OFFLINE', enabled: true };
    const body = { name: 'Robot', ...fields, grantTypes: ['CLIENT_CREDENTIALS'], scope };
    return withClient(server(), '/v2025/oauth-clients', body, use);
  };

  test('without a token every operation is 401', async () => {
    for (const { name, method, url } of served) {
      const response = await fetch(`${server().url}${url}`, { method });
      // The response to HEAD has no body.
      const error = method === 'HEAD' ? undefined : ((await response.json()) as { error: string }).error;
      expect([response.status, error], name).toEqual([
        401,
        method === 'HEAD' ? undefined : expect.stringMatching(/^JWT validation failed: no JWT was sent/),
      ]);
    }
  });

  test('an identity without the scope is rejected with the accepted scopes', async () => {
    const scope = 'sp:scopes:default';
    await withScopes([scope], async (api) => {
      for (const { name, method, url, facts } of served.filter((one) => !allows(one.facts.security.userAuth, scope))) {
        const { status, body } = await api.send(method, url);
        const scopes = facts.security.userAuth?.join(', ');
        const text = `Operation ${facts.operationId} needs one of the scopes ${scopes}. The token has sp:scopes:default.`;
        // The response to HEAD has no body.
        expect([status, body.detailCode, body.messages?.[0].text], name).toEqual(
          method === 'HEAD' ? [403, undefined, undefined] : [403, '403 Forbidden', text],
        );
      }
    });
  });

  test.each(userScopes)('%s alone opens the operations that name it to a person, and no other', async (scope) => {
    await withScopes([scope], async (api) => {
      expect(mistakes(await statusesFor(api), ({ facts }) => allows(facts.security.userAuth, scope))).toEqual([]);
    });
  });

  test('sp:scopes:all allows an administrator every operation', async () => {
    expect(mistakes(await statusesFor(server().api), () => true)).toEqual([]);
  });

  test('a client without an identity is rejected if the contract requires one', async () => {
    await withApplication(['sp:scopes:all'], async (api) => {
      const statuses = await statusesFor(api);
      expect(mistakes(statuses, ({ facts }) => facts.security.applicationAuth !== undefined)).toEqual([]);
      const { body } = await api.send('POST', `/v2025/sources/${'f'.repeat(32)}/load-entitlements`);
      expect(body.messages[0].text).toBe(
        'Operation importEntitlements is for users, e.g. with a personal access token.',
      );
    });
  });

  test.each(applicationScopes)('%s alone opens the operations that name it to a client', async (scope) => {
    await withApplication([scope], async (api) => {
      const isAllowed = ({ facts }: Served): boolean => allows(facts.security.applicationAuth, scope);
      expect(mistakes(await statusesFor(api), isAllowed)).toEqual([]);
    });
  });
});

describeOwnServer('rights by user levels', {}, (server) => {
  let person: (capabilities: readonly string[]) => Promise<ApiClient>;
  beforeAll(() => {
    person = async (capabilities) =>
      (await addPerson(server(), server().database, `Ada ${capabilities.join(' ')}`, capabilities)).api;
  });
  const opens = (one: Served, level: string): boolean =>
    one.facts.userLevels.length === 0 || one.facts.userLevels.some((wanted) => wanted === level);

  describe('an identity', () => {
    test.each(userLevels)('of level %s alone may do what names it, and nothing else', async (level) => {
      const api = await person([level]);
      expect(mistakes(await statusesFor(api), (one) => opens(one, level))).toEqual([]);
    });

    test('without a level is rejected with the accepted levels', async () => {
      const api = await person([]);
      expect(mistakes(await statusesFor(api), (one) => opens(one, ''))).toEqual([]);
      const { status, body }: Answer = await api.get(`/v2024/entitlements/${'f'.repeat(32)}`);
      expect([status, body.messages[0].text]).toEqual([
        403,
        'Operation getEntitlement needs one of the user levels ORG_ADMIN. Ada  has none.',
      ]);
    });

    test('without a level sees its own tokens only', async () => {
      const api = await person([]);
      const own = expectStatus(await api.get('/v2025/personal-access-tokens?owner-id=me'), 200);
      expect(own).toHaveLength(1);
      for (const query of ['', `?owner-id=${server().identityId}`]) {
        expect((await api.get(`/v2025/personal-access-tokens${query}`)).status).toBe(403);
      }
    });
  });
});
