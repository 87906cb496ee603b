import { describe, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { describeServer, expectStatus, pathIn, plainFamiliesAndV3, queryOf, refusal } from './acceptance.ts';

describeServer('sources', (server) => {
  const body = (more: object = {}): Record<string, unknown> => ({
    name: `Plain ${Math.random().toString(36).slice(2)}`,
    owner: { type: 'IDENTITY', id: server().identityId },
    connector: 'delimited-file-angularsc',
    ...more,
  });

  describe.each(plainFamiliesAndV3)('in %s', (family) => {
    const path = pathIn(family, '/sources');

    test('createSource, getSource, listSources, updateSource, putSource and deleteSource', async () => {
      const { api } = server();
      const { name } = body();
      const created = await api.send('POST', `${path}?provisionAsCsv=true`, body({ name, connector: 'anything' }));
      const source = expectStatus(created, 201);
      expect(source).toMatchObject({
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        name,
        type: 'DelimitedFile',
        connector: 'delimited-file-angularsc',
        connectionType: 'file',
        schemas: [
          { type: 'CONNECTOR_SCHEMA', id: expect.any(String), name: 'account' },
          { type: 'CONNECTOR_SCHEMA', id: expect.any(String), name: 'group' },
        ],
        cluster: null,
        managementWorkgroup: null,
        credentialProviderEnabled: false,
        category: null,
      });
      const one = `${path}/${source.id}`;
      const got = await api.get(one);
      expect([got.body, got.headers.get('etag')]).toEqual([source, created.headers.get('etag')]);

      const operations = [
        { op: 'replace', path: '/name', value: `${name} renamed` },
        { op: 'add', path: '/connectorAttributes/group.delimiter', value: '|' },
        { op: 'add', path: '/deleteThreshold', value: 25 },
        { op: 'test', path: '/type', value: 'DelimitedFile' },
      ];
      const patched = expectStatus(await api.send('PATCH', one, operations), 200);
      expect(patched).toEqual({
        ...source,
        name: `${name} renamed`,
        connectorAttributes: { 'group.delimiter': '|' },
        deleteThreshold: 25,
        modified: expect.any(String),
      });
      // Sending the whole source only changes the fields that differ.
      const put = await api.send('PUT', one, { ...patched, description: 'Replaced', deleteThreshold: null });
      const replaced = expectStatus(put, 200);
      expect([replaced.description, replaced.deleteThreshold]).toEqual(['Replaced', undefined]);
      const again = await api.send('PUT', one, replaced);
      expect([again.body, again.headers.get('etag')]).toEqual([replaced, put.headers.get('etag')]);

      const listed = await api.get(`${path}?${queryOf({ filters: `id eq "${source.id}"`, count: true })}`);
      expect([listed.headers.get('x-total-count'), listed.body]).toEqual(['1', [replaced]]);

      const { id, ...task } = expectStatus(await api.send('DELETE', one), 202);
      expect(task).toEqual({ type: 'TASK_RESULT', name: 'Source Deletion' });
      expect(await api.waitForTask(id)).toMatchObject({ completionStatus: 'SUCCESS', uniqueName: 'Source Deletion' });
      for (const [method, sent] of [
        ['GET', undefined],
        ['PATCH', []],
        ['PUT', replaced],
        ['DELETE', undefined],
      ] as const) {
        expect(refusal(await api.send(method, one, sent)), method).toEqual([
          404,
          `There is no source with id "${source.id}".`,
        ]);
      }
    });

    test('rejects an invalid source with the reason', async () => {
      const taken = await server().createSource();
      for (const [sent, code, reason] of [
        [{}, '400.1.3 Illegal value', '"name"'],
        [body({ owner: undefined }), '400.1.3 Illegal value', 'Field "owner" is required.'],
        [body({ name: '' }), '400.1.3 Illegal value', '"name"'],
        [body({ connector: 'ldap-x' }), '400.1.3 Illegal value', 'Allowed is delimited-file-angularsc.'],
        [body({ connector: undefined }), '400.1.3 Illegal value', 'Field "connector" is required.'],
        [body({ deleteThreshold: 101 }), '400.1.3 Illegal value', 'must be at most 100'],
        [body({ features: ['FLY'] }), '400.1.3 Illegal value', 'Field "features.0" is "FLY". It must be one of'],
        [body({ color: 1 }), '400.1.3 Illegal value', 'Field "color" is unknown.'],
        [body({ name: taken.name.toUpperCase() }), '400.1.409 Reference conflict', 'already exists'],
        [body({ owner: { type: 'IDENTITY', id: 'nobody' } }), '400.1.404 Referenced object not found', '"nobody"'],
        [
          body({ owner: { type: 'IDENTITY', id: server().identityId, name: 'Somebody' } }),
          '400.1.3 Illegal value',
          'Field "owner.name" is "Somebody", but identity',
        ],
        [body({ connectorAttributes: { 'group.delimiter': ';;' } }), '400.1.3 Illegal value', '"group.delimiter"'],
        [body({ connectorAttributes: { encoding: 'ebcdic' } }), '400.1.3 Illegal value', 'utf-8, utf-16'],
      ] as const) {
        const answer = await server().api.send('POST', path, sent);
        expect([answer.body.detailCode, ...refusal(answer)], reason).toEqual([
          code,
          400,
          expect.stringContaining(reason),
        ]);
      }
    });
  });

  test('read-only fields do not change, with PATCH and PUT', async () => {
    const { api } = server();
    const source = await server().createSource();
    const one = `/v2025/sources/${source.id}`;
    for (const [field, value] of [
      ['id', 'x'],
      ['type', 'Active Directory - Direct'],
      ['authoritative', true],
      ['created', '2020-01-01T00:00:00Z'],
      ['modified', '2020-01-01T00:00:00Z'],
      ['connector', 'active-directory'],
      ['connectorClass', 'x.Y'],
      ['passwordPolicies', [{ type: 'PASSWORD_POLICY', id: 'x' }]],
    ] as const) {
      const reason = `Field "${field}" of a source cannot be changed.`;
      const patched = await api.send('PATCH', one, [{ op: 'add', path: `/${field}`, value }]);
      expect(refusal(patched), `PATCH ${field}`).toEqual([
        400,
        expect.stringContaining(`"/${field}" cannot be patched. Patchable are /name,`),
      ]);
      const put = await api.send('PUT', one, { ...source, [field]: value });
      expect(refusal(put), `PUT ${field}`).toEqual([400, expect.stringContaining(reason)]);
    }
    for (const [operations, reason] of [
      [{ op: 'replace' }, 'a JSON Patch is an array of operations'],
      [[{ op: 'replace', path: '/nothing', value: 1 }], '"/nothing" cannot be patched'],
      [[{ op: 'replace', path: '/name', value: 7 }], 'Field "name" is 7. It must be a string.'],
      [[{ op: 'test', path: '/name', value: 'x' }], 'the test failed'],
      [[{ op: 'add', path: '/connectorAttributes/group.skipLines', value: 'many' }], '"group.skipLines"'],
    ] as const) {
      expect(refusal(await api.send('PATCH', one, operations))).toEqual([400, expect.stringContaining(reason)]);
    }
    expect((await api.get(one)).body).toEqual(source);
  });

  test('every change honours If-Match', async () => {
    const { api } = server();
    const source = await server().createSource();
    const one = `/v2025/sources/${source.id}`;
    const tag = (await api.get(one)).headers.get('etag') ?? '';
    const change = [{ op: 'replace', path: '/description', value: 'Mine' }];
    expectStatus(await api.send('PATCH', one, change, { 'if-match': tag }), 200);
    for (const [method, sent] of [
      ['PATCH', change],
      ['PUT', source],
      ['DELETE', undefined],
    ] as const) {
      const answer = await api.send(method, one, sent, { 'if-match': tag });
      expect([answer.body.detailCode, ...refusal(answer)], method).toEqual([
        '412 Precondition failed',
        412,
        expect.stringContaining(`If-Match is ${tag} but the current version is`),
      ]);
    }
    expect((await api.get(one)).body.description).toBe('Mine');
  });

  test('the owner may be null, and is returned with its name', async () => {
    const { api } = server();
    const source = await server().createSource({ owner: null });
    expect(source.owner).toBeNull();
    const owner = { type: 'IDENTITY', id: server().identityId };
    const one = `/v2025/sources/${source.id}`;
    const answer: Answer = await api.send('PATCH', one, [{ op: 'replace', path: '/owner', value: owner }]);
    expect(expectStatus(answer, 200).owner).toEqual({ ...owner, name: expect.any(String) });
    // A missing value is null.
    expect(expectStatus(await api.send('PATCH', one, [{ op: 'replace', path: '/owner' }]), 200).owner).toBeNull();
  });
});
