import { SourcesBetaApi, SourcesV2024Api } from 'sailpoint-api-client';
import { describe, expect, test } from 'vitest';
import { connectorList } from '../support/connectors/index.ts';
import { violationsIn } from '../support/invariants.ts';
import { describeOwnServer, expectStatus, form, type OwnServer, pathIn, plainFamilies, refusal } from './acceptance.ts';
import { configurationOf, sdkFamilies } from './sdk.ts';

const password = 'open sesame';
const roles = [
  { code: 'r1', title: 'Reader' },
  { code: 'r2', title: 'Writer' },
  { code: 'r3', title: 'Owner' },
];
const account = [{ uid: 'ada', roles: ['r1', 'r3'] }, { uid: 'bob' }, { uid: 'cay' }];

async function memorySource(server: OwnServer, attributes: object = {}): Promise<{ id: string; name: string }> {
  const connectorAttributes = { password, objects: { account, role: roles }, ...attributes };
  return server.createSource({ connector: 'memory-angularsc', connectorAttributes, deleteThreshold: 100 });
}

async function setAttribute(server: OwnServer, id: string, name: string, value: unknown): Promise<void> {
  const patch = [{ op: 'add', path: `/connectorAttributes/${name}`, value }];
  expectStatus(await server.api.send('PATCH', `/v2025/sources/${id}`, patch), 200);
}

async function loadRoles(server: OwnServer, id: string) {
  const { id: task } = expectStatus(await server.api.send('POST', `/v2025/sources/${id}/load-entitlements`), 202);
  return server.api.waitForTask(task);
}

async function loadAccounts(server: OwnServer, id: string) {
  const { task } = expectStatus(await server.api.send('POST', `/v2025/sources/${id}/load-accounts`), 202);
  return server.api.waitForTask(task.id);
}

describeOwnServer(
  'a connector that asks the system itself',
  {},
  (server) => {
    test('gives a new source its fields and schemas', async () => {
      const source = await memorySource(server());
      expect(source).toMatchObject({
        type: 'Memory',
        connector: 'memory-angularsc',
        connectorName: 'Memory',
        connectorClass: 'test.Memory',
        connectionType: 'direct',
        features: ['NO_PERMISSIONS_PROVISIONING'],
        schemas: [{ name: 'account' }, { name: 'role' }],
      });
      const [schema] = expectStatus(
        await server().api.get(`/v2025/sources/${source.id}/schemas?include-names=account`),
        200,
      );
      expect(schema.attributes).toMatchObject([
        { name: 'uid', isEntitlement: false, isMulti: false, schema: null },
        { name: 'roles', isEntitlement: true, isMulti: true, schema: { name: 'role' } },
      ]);
    });

    test.each(plainFamilies)('entitlements and accounts in %s come over the connection', async (family) => {
      const source = await memorySource(server());
      const load = async (operation: string) =>
        expectStatus(await server().api.send('POST', pathIn(family, `/sources/${source.id}/${operation}`)), 202);
      const entitlements = await server().api.waitForTask((await load('load-entitlements')).id);
      expect(entitlements).toMatchObject({ completionStatus: 'SUCCESS', attributes: { groupsCreated: 3 } });
      const accounts = await server().api.waitForTask((await load('load-accounts')).task.id);
      expect(accounts).toMatchObject({ completionStatus: 'SUCCESS', attributes: { created: 3 } });
      expect(await server().entitlementsOf(source)).toMatchObject([
        { value: 'r1', name: 'Reader', attribute: 'roles', sourceSchemaObjectType: 'role' },
        { value: 'r2', name: 'Writer' },
        { value: 'r3', name: 'Owner' },
      ]);
      const path = `/v2025/accounts?filters=${encodeURIComponent(`sourceId eq "${source.id}"`)}&sorters=name`;
      const [ada] = expectStatus(await server().api.get(path), 200);
      expect(ada).toMatchObject({ nativeIdentity: 'ada', attributes: { roles: ['r1', 'r3'] } });
      // The same again changes nothing; what is gone from the system goes here.
      expect((await loadRoles(server(), source.id)).attributes).toMatchObject({ groupsUnchanged: 3, groupsCreated: 0 });
      await setAttribute(server(), source.id, 'objects', { account: [], role: [roles[0], roles[2]] });
      expect((await loadRoles(server(), source.id)).attributes).toMatchObject({ groupsDeleted: 1 });
    });

    test.each([
      ['is cut off', { breaksAfter: 2 }, 'ERROR', 'source_unavailable', 'The connection was lost.'],
      ['finds the system down', { isDown: true }, 'ERROR', 'source_unavailable', 'The system does not answer.'],
      ['is refused', { password: 'wrong' }, 'ERROR', 'source_denied_access', 'The system refuses the password.'],
      ['finds nothing at all', { objects: {} }, 'WARNING', 'no_rows', 'The source returned no objects'],
    ])('a read that %s deletes nothing', async (_what, attributes, status, key, text) => {
      const source = await memorySource(server());
      await loadRoles(server(), source.id);
      await loadAccounts(server(), source.id);
      for (const [name, value] of Object.entries(attributes)) {
        await setAttribute(server(), source.id, name, value);
      }
      for (const task of [await loadRoles(server(), source.id), await loadAccounts(server(), source.id)]) {
        expect(task.completionStatus).toBe(status);
        expect(task.messages.map((message: { key: string }) => message.key)).toContain(key);
        expect(JSON.stringify(task.messages)).toContain(text);
        expect(JSON.stringify(task)).not.toContain('wrong');
      }
      expect(await server().entitlementsOf(source)).toHaveLength(3);
    });

    test('a file is for connectors of files, and no file for others', async () => {
      const source = await memorySource(server());
      for (const [operation, part] of [
        [`/sources/${source.id}/load-entitlements`, 'file'],
        [`/sources/${source.id}/load-accounts`, 'file'],
        [`/entitlements/aggregate/sources/${source.id}`, 'csvFile'],
      ] as const) {
        const answer = await server().api.send('POST', `/v2025${operation}`, form([part, 'code,title\nr1,x\n']));
        expect(refusal(answer)).toEqual([400, `Source "${source.name}" reads over its connection: send no file.`]);
      }
      const files = await server().createSource();
      expect(refusal(await server().api.send('POST', `/v2025/sources/${files.id}/load-accounts`))).toEqual([
        400,
        expect.stringContaining('reads files: send a CSV file'),
      ]);
    });

    test('of several schemas the client names one', async () => {
      const source = await memorySource(server());
      const more = { name: 'team', identityAttribute: 'code', attributes: [{ name: 'code' }] };
      expectStatus(await server().api.send('POST', `/v2025/sources/${source.id}/schemas`, more), 201);
      const path = `/v2025/sources/${source.id}/load-entitlements`;
      expect(refusal(await server().api.send('POST', path))).toEqual([
        400,
        'The source has the schemas "role", "team". Name one in the part "objectType".',
      ]);
      const { id } = expectStatus(await server().api.send('POST', path, form(['objectType', 'role'])), 202);
      expect(await server().api.waitForTask(id)).toMatchObject({ attributes: { groupsCreated: 3 } });
    });

    describe('testSourceConnection', () => {
      test.each(plainFamilies)('in %s says whether the system answers', async (family) => {
        const source = await memorySource(server());
        const path = pathIn(family, `/sources/${source.id}/connector/check-connection`);
        expect(expectStatus(await server().api.send('POST', path), 200)).toEqual({
          id: source.id,
          name: source.name,
          status: 'SUCCESS',
          elapsedMillis: expect.any(Number),
          details: {},
        });
        await setAttribute(server(), source.id, 'password', 'wrong');
        expect(expectStatus(await server().api.send('POST', path), 200)).toMatchObject({
          status: 'FAILURE',
          details: { kind: 'denied', error: 'The system refuses the password.' },
        });
      });
    });

    describe('searchResourceObjects', () => {
      test.each(plainFamilies)('in %s shows the first objects', async (family) => {
        const source = await memorySource(server());
        const path = pathIn(family, `/sources/${source.id}/connector/peek-resource-objects`);
        const body = { objectType: 'role', maxCount: 2 };
        const isNot = { incomplete: false, incremental: false, delete: false, remove: false, finalUpdate: false };
        const whole = { objectType: 'role', missing: [], ...isNot };
        expect(expectStatus(await server().api.send('POST', path, body), 200)).toEqual({
          id: source.id,
          name: source.name,
          objectCount: 2,
          elapsedMillis: expect.any(Number),
          resourceObjects: [
            { identity: 'r1', name: 'Reader', attributes: roles[0], ...whole },
            { identity: 'r2', name: 'Writer', attributes: roles[1], ...whole },
          ],
        });
        expect(expectStatus(await server().api.send('POST', path, {}), 200)).toMatchObject({
          resourceObjects: [{ identity: 'ada', objectType: 'account' }, { identity: 'bob' }, { identity: 'cay' }],
        });
        expect(refusal(await server().api.send('POST', path, { objectType: 'team' }))).toEqual([
          400,
          'Field "objectType" is "team". It must name a schema of the source: "account", "role".',
        ]);
        await setAttribute(server(), source.id, 'isDown', true);
        expect(refusal(await server().api.send('POST', path, {}))).toEqual([
          400,
          `The objects of source "${source.name}" cannot be read: The system does not answer.`,
        ]);
      });
    });

    test.each(sdkFamilies)('testSourceConnection and peekResourceObjects by the SDK %s', async (family) => {
      const { id: sourceId } = await memorySource(server());
      const configuration = configurationOf(server());
      const beta = new SourcesBetaApi(configuration);
      const v2024 = new SourcesV2024Api(configuration);
      const tested = await (family === 'beta' ? beta : v2024).testSourceConnection({ sourceId });
      expect([tested.status, tested.data.status]).toEqual([200, 'SUCCESS']);
      const body = { objectType: 'role', maxCount: 1 };
      const peeked = await (family === 'beta'
        ? beta.peekResourceObjects({ sourceId, resourceObjectsRequestBeta: body })
        : v2024.peekResourceObjects({ sourceId, resourceObjectsRequestV2024: body }));
      expect(peeked.data).toMatchObject({ objectCount: 1, resourceObjects: [{ identity: 'r1', name: 'Reader' }] });
    });

    test('what a connector cannot do is refused with what it can', async () => {
      const files = await server().createSource();
      const can = 'It can aggregate, read and write templates.';
      for (const [operation, lacking, body] of [
        ['check-connection', 'test its connection', undefined],
        ['peek-resource-objects', 'show its first objects', {}],
      ] as const) {
        const answer = await server().api.send('POST', `/v2025/sources/${files.id}/connector/${operation}`, body);
        expect(refusal(answer)).toEqual([
          400,
          `Source "${files.name}" has the connector delimited-file-angularsc, which cannot ${lacking}. ${can}`,
        ]);
      }
      const memory = await memorySource(server());
      expect(refusal(await server().api.get(`/v2025/sources/${memory.id}/schemas/accounts`))).toEqual([
        400,
        `Source "${memory.name}" has the connector memory-angularsc, which cannot read and write templates. ` +
          'It can aggregate, test its connection, show its first objects.',
      ]);
    });

    test('its settings are checked', async () => {
      const owner = { type: 'IDENTITY', id: server().identityId };
      const body = { name: 'Refused', owner, connector: 'memory-angularsc' };
      expect(refusal(await server().api.send('POST', '/v2025/sources', body))).toEqual([
        400,
        'connectorAttributes "password" is required.',
      ]);
      const unknown = await server().api.send('POST', '/v2025/sources', { ...body, connector: 'ldap' });
      expect(refusal(unknown)[1]).toContain('Allowed is delimited-file-angularsc, memory-angularsc.');
    });

    describe('its secrets', () => {
      const reference = /^secret:[0-9a-f]{32}$/;
      const get = async (id: string) => expectStatus(await server().api.get(`/v2025/sources/${id}`), 200);
      const works = async (id: string): Promise<boolean> =>
        expectStatus(await server().api.send('POST', `/v2025/sources/${id}/connector/check-connection`), 200).status ===
        'SUCCESS';

      test('are shown by no operation, and in no record', async () => {
        const source = await memorySource(server());
        expect((await get(source.id)).connectorAttributes.password).toMatch(reference);
        await setAttribute(server(), source.id, 'password', 'another one');
        const filters = encodeURIComponent(`id eq "${source.id}"`);
        const shown = [
          source,
          expectStatus(await server().api.get(`/v2025/sources?filters=${filters}`), 200),
          expectStatus(await server().api.get('/muniment/v1/changes?limit=250&sorters=-time'), 200),
        ];
        expect(JSON.stringify(shown)).not.toMatch(/open sesame|another one/);
        const change = shown[2].find((one: { objectId: string }) => one.objectId === source.id);
        const [before, after] = [change.before, change.after].map(({ connectorAttributes }) => connectorAttributes);
        expect([before.password, after.password]).toEqual([
          expect.stringMatching(reference),
          expect.stringMatching(reference),
        ]);
        expect(after.password).not.toBe(before.password);
      });

      test('stay when a whole source comes back with the reference or without', async () => {
        const { id } = await memorySource(server());
        // Without what every change moves, so that it can be sent again and again.
        const before = { ...(await get(id)), modified: undefined };
        const put = async (connectorAttributes: object) =>
          server().api.send('PUT', `/v2025/sources/${id}`, { ...before, connectorAttributes });
        const { password: kept, ...others } = before.connectorAttributes;
        const same = { ...before, modified: expect.any(String) };
        expect(expectStatus(await put(before.connectorAttributes), 200)).toEqual(same);
        expect(expectStatus(await put(others), 200)).toEqual(same);
        expect(expectStatus(await put({ ...others, password }), 200)).toEqual(same);
        expect((await server().api.get(`/v2025/sources/${id}`)).headers.get('etag')).toBe('"1"');
        expect(await works(id)).toBe(true);
        const changed = expectStatus(await put({ ...others, password: 'wrong' }), 200);
        expect(changed.connectorAttributes.password).toMatch(reference);
        expect(changed.connectorAttributes.password).not.toBe(kept);
        expect(await works(id)).toBe(false);
        expect(refusal(await put({ ...others, password: kept }))[1]).toContain(
          'connectorAttributes "password" refers to a secret that no longer exists.',
        );
        expect(refusal(await put({ ...others, password: { text: 'x' } }))).toEqual([
          400,
          'connectorAttributes "password" is a secret and must be a string.',
        ]);
      });

      test('go by null and by a patch that removes them', async () => {
        const { id } = await memorySource(server());
        const { connectorAttributes, ...source } = await get(id);
        const required = 'connectorAttributes "password" is required.';
        const put = { ...source, connectorAttributes: { ...connectorAttributes, password: null } };
        expect(refusal(await server().api.send('PUT', `/v2025/sources/${id}`, put))[1]).toBe(required);
        const patch = [{ op: 'remove', path: '/connectorAttributes/password' }];
        expect(refusal(await server().api.send('PATCH', `/v2025/sources/${id}`, patch))[1]).toBe(required);
      });

      test('go with their source', async () => {
        const { id } = await memorySource(server());
        const task = expectStatus(await server().api.send('DELETE', `/v2025/sources/${id}`), 202);
        expect(await server().api.waitForTask(task.id)).toMatchObject({ completionStatus: 'SUCCESS' });
        expect(await violationsIn(server().database.url)).toEqual([]);
      });
    });
  },
  connectorList,
);
