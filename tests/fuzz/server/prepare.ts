import { SignJWT } from 'jose';
import { newId } from '../../../src/domain/ids.ts';
import { loadSigningKeys, signatureAlgorithm } from '../../../src/domain/oauth/signing-keys.ts';
import { openDatabase } from '../../../src/storage/open-database.ts';
import { type Answer, ApiClient, tokenOf } from '../../support/api-client.ts';
import { addPerson } from '../../support/persons.ts';
import { credentials, type FuzzedServer } from './start-server.ts';
import { World } from './world.ts';

/** Fills a new server with a small catalogue and creates a token for every kind of caller. */
export async function prepareWorld(server: FuzzedServer, databaseUrl: string): Promise<World> {
  const { url } = server;
  const api = new ApiClient(url, await tokenOf(url, credentials.clientId, credentials.clientSecret));
  const database = { url: databaseUrl, remove: async () => undefined };
  const administratorId = claimsOf(api.token)['identity_id'] as string;
  const deputy = await addPerson(server, database, 'Deputy Administrator', ['SOURCE_ADMIN']);
  const subadmin = await addPerson(server, database, 'Sub Administrator', ['SOURCE_SUBADMIN']);
  const nobody = await addPerson(server, database, 'No Body', []);

  const narrow = await created(api, '/v2025/personal-access-tokens', {
    name: 'Narrow',
    scope: ['idn:entitlement:read'],
    expirationDate: inAYear(),
  });
  const revoked = await created(api, '/v2025/personal-access-tokens', { name: 'Revoked', expirationDate: inAYear() });
  const application = await created(api, '/v2025/oauth-clients', {
    name: 'Robot',
    description: null,
    accessTokenValiditySeconds: 3600,
    accessType: 'OFFLINE',
    enabled: true,
    grantTypes: ['CLIENT_CREDENTIALS'],
    scope: ['sp:scopes:all'],
  });
  const revokedToken = await tokenOf(url, revoked.id, revoked.secret);
  await api.send('DELETE', `/v2025/personal-access-tokens/${revoked.id}`);

  const world = new World(
    {
      administrator: api.token,
      'source-administrator': deputy.api.token,
      'source-subadministrator': subadmin.api.token,
      nobody: nobody.api.token,
      narrow: await tokenOf(url, narrow.id, narrow.secret),
      application: await tokenOf(url, application.id, application.secret),
      revoked: revokedToken,
      expired: await expiredToken(databaseUrl, api.token),
      tampered: api.token
        .replace(/\.[^.]+\./, (claims) =>
          `.${Buffer.from(JSON.stringify({ ...claimsOf(api.token), exp: 9e9 })).toString('base64url')}.`.padEnd(
            claims.length,
          ),
        )
        .trim(),
    },
    [administratorId, credentials.clientId, deputy.id, subadmin.id, nobody.id, narrow.id, application.id],
  );
  world.add('administrator', administratorId);
  await fillCatalogue(api, administratorId, subadmin.id);
  const lists = ['sources', 'entitlements', 'accounts', 'identities', 'task-status', 'oauth-clients', 'workgroups'];
  for (const path of [...lists, 'entitlement-connections']) {
    const { body } = await api.get(`/v2026/${path}?limit=20`);
    world.learn('GET', `/v2026/${path}`, 200, JSON.stringify(body).slice(0, 1e6));
    for (const one of body as { id: string }[]) {
      world.learn('GET', `/v2026/${path}`, 200, JSON.stringify(one));
    }
  }
  for (const version of ['1', '2', '3']) {
    world.add('version', version);
  }
  return world;
}

/** Two directories of people, two applications with entitlements, one of them managed by a group, and an empty source. */
async function fillCatalogue(api: ApiClient, ownerId: string, memberId: string): Promise<void> {
  const owner = { type: 'IDENTITY', id: ownerId };
  const source = (name: string, more: object = {}): Promise<Answer['body']> =>
    created(api, '/v2025/sources', { name, owner, connector: 'delimited-file-angularsc', ...more });
  const people = await source('People', { authoritative: true });
  const managers = await created(api, '/v2025/workgroups', { name: 'Managers' });
  await created(api, `/v2025/workgroups/${managers.id}/members/bulk-add`, [{ type: 'IDENTITY', id: memberId }]);
  const first = await source('Payroll', { managementWorkgroup: { type: 'GOVERNANCE_GROUP', id: managers.id } });
  const second = await source('Shares');
  await source('Empty');
  const numbers = Array.from({ length: 60 }, (_, index) => index);
  const groups = [
    'id,name,displayName,created,description,modified,entitlements,groups,permissions',
    ...numbers.map((n) => `e${n},Name ${n},Shown ${n},,What ${n} is for,,,e${n % 7},`),
  ];
  const persons = [
    'id,name,givenName,familyName,e-mail,location,manager,groups',
    ...numbers.map((n) => `p${n},Person ${n},Given ${n},Family ${n},p${n}@x.example,Bern,p${n % 5},e${n % 9}`),
  ];
  await Promise.all([
    api.loadAccounts(people.id, `${persons.join('\n')}\n`),
    api.loadEntitlements(first.id, `${groups.join('\n')}\n`),
    api.loadAccounts(second.id, `${persons.join('\n')}\n`),
  ]);
}

async function created(api: ApiClient, path: string, body: object): Promise<Answer['body']> {
  const answer = await api.send('POST', path, body);
  if (answer.status >= 300) {
    throw new Error(`POST ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }
  return answer.body;
}

function inAYear(): string {
  return new Date(Date.now() + 365 * 86_400_000).toISOString();
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}

/** Returns the token as issued two hours ago, signed with the server's key. */
async function expiredToken(databaseUrl: string, token: string): Promise<string> {
  const database = await openDatabase({ url: databaseUrl, readers: 0 });
  try {
    const { id: kid, key } = await (await loadSigningKeys(database)).signingKey();
    const then = Math.floor(Date.now() / 1000) - 7200;
    return await new SignJWT({ ...claimsOf(token), iat: then, exp: then + 600, jti: newId() })
      .setProtectedHeader({ alg: signatureAlgorithm, typ: 'JWT', kid })
      .sign(key);
  } finally {
    await database.close();
  }
}
