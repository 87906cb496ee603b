import { describe, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { attributes, describeServer, expectStatus, form, pathIn, plainFamiliesAndV3, refusal } from './acceptance.ts';

describeServer('schemas of sources', (server) => {
  const send = (method: string, path: string, body?: unknown): Promise<Answer> => server().api.send(method, path, body);

  describe.each(plainFamiliesAndV3)('in %s', (family) => {
    const schemasOf = (source: { id: string }): string => pathIn(family, `/sources/${source.id}/schemas`);

    test('a new source has the schemas account and group (getSourceSchemas)', async () => {
      const source = await server().createSource();
      const [account, group] = expectStatus(await send('GET', schemasOf(source)), 200);
      const namesOf = (schema: { attributes: { name: string }[] }): string[] =>
        schema.attributes.map(({ name }) => name);
      expect(namesOf(account)).toEqual([
        'id',
        'name',
        'givenName',
        'familyName',
        'e-mail',
        'location',
        'manager',
        'groups',
      ]);
      expect(account).toMatchObject({
        name: 'account',
        nativeObjectType: 'User',
        identityAttribute: 'id',
        displayAttribute: 'name',
      });
      expect(account.attributes.at(-1)).toEqual({
        name: 'groups',
        nativeName: null,
        type: 'STRING',
        schema: { type: 'CONNECTOR_SCHEMA', id: group.id, name: 'group' },
        description: expect.any(String),
        isMulti: true,
        isEntitlement: true,
        isGroup: true,
      });
      expect(namesOf(group)).toEqual(
        'id name displayName created description modified entitlements groups permissions'.split(' '),
      );
      expect(group).toMatchObject({ name: 'group', hierarchyAttribute: null, includePermissions: false });
      for (const [query, names] of [
        ['include-types=group', ['group']],
        ['include-types=user', ['account']],
        ['include-names=account,group', ['account', 'group']],
        ['include-names=none', []],
      ] as const) {
        const selected = expectStatus(await send('GET', `${schemasOf(source)}?${query}`), 200);
        expect(
          selected.map(({ name }: { name: string }) => name),
          query,
        ).toEqual(names);
      }
      expect(refusal(await send('GET', `${schemasOf(source)}?include-types=role`))).toEqual([
        400,
        'Parameter "include-types" is "role". It must be one of group, user.',
      ]);
    });

    test('createSourceSchema, getSourceSchema, updateSourceSchema, putSourceSchema and deleteSourceSchema', async () => {
      const source = await server().createSource();
      const body = {
        name: 'role',
        nativeObjectType: 'Role',
        identityAttribute: 'key',
        displayAttribute: 'title',
        hierarchyAttribute: 'parents',
        includePermissions: true,
        configuration: { any: ['thing'] },
        attributes: attributes('key', 'title', 'parents[]'),
      };
      const made = expectStatus(await send('POST', schemasOf(source), body), 201);
      expect(made).toMatchObject({ ...body, id: expect.any(String), features: [] });
      const one = `${schemasOf(source)}/${made.id}`;
      const got = await send('GET', one);
      expect([got.body, got.headers.get('etag')]).toEqual([made, '"1"']);
      const references = expectStatus(await send('GET', `/v2025/sources/${source.id}`), 200).schemas;
      expect(references).toContainEqual({ type: 'CONNECTOR_SCHEMA', id: made.id, name: 'role' });

      const patch = [
        { op: 'add', path: '/attributes/-', value: { name: 'colour', type: 'STRING' } },
        { op: 'replace', path: '/attributes/0/description', value: 'The key' },
      ];
      const patched = await send('PATCH', one, patch);
      expect(patched.headers.get('etag')).toBe('"2"');
      expect(expectStatus(patched, 200).attributes[0].description).toBe('The key');
      const put = await send('PUT', one, { ...body, hierarchyAttribute: null, attributes: attributes('key', 'title') });
      expect(expectStatus(put, 200)).toMatchObject({
        hierarchyAttribute: null,
        attributes: [{ name: 'key' }, { name: 'title' }],
      });
      expect((await server().api.send('PATCH', one, patch, { 'if-match': '"2"' })).status).toBe(412);

      expect((await send('DELETE', one)).status).toBe(204);
      for (const method of ['GET', 'PATCH', 'PUT', 'DELETE']) {
        const sent = { GET: undefined, DELETE: undefined, PATCH: [], PUT: body }[method];
        expect(refusal(await send(method, one, sent)), method).toEqual([
          404,
          `There is no schema with id "${made.id}".`,
        ]);
      }
      const nowhere = schemasOf({ id: 'f'.repeat(32) });
      expect((await send('GET', nowhere)).status).toBe(404);
      expect((await send('POST', nowhere, body)).status).toBe(404);
    });

    test('an invalid schema is rejected', async () => {
      const source = await server().createSource();
      const role = { name: 'role', identityAttribute: 'key', attributes: attributes('key') };
      for (const [sent, reason] of [
        [{}, 'Field "name" is required.'],
        [{ ...role, name: 'Group' }, 'The source already has a schema "group".'],
        [
          { ...role, identityAttribute: 'id' },
          'Field "identityAttribute" is "id". It must be one of the schema\'s attributes: key',
        ],
        [{ ...role, hierarchyAttribute: 'up' }, 'Field "hierarchyAttribute" is "up".'],
        [{ ...role, attributes: attributes('key', 'key') }, 'which is also the name of another attribute'],
        [{ ...role, attributes: [{ name: 'key', type: 'FLOAT' }] }, 'one of STRING, LONG, INT, BOOLEAN, DATE'],
        [{ ...role, attributes: [{ name: 'key', schema: { name: 'team' } }] }, 'It must name a schema of this source'],
        [{ ...role, color: 'red' }, 'Field "color" is unknown.'],
      ] as const) {
        expect(refusal(await send('POST', schemasOf(source), sent)), reason).toEqual([
          400,
          expect.stringContaining(reason),
        ]);
      }
      const [account] = expectStatus(await send('GET', schemasOf(source)), 200);
      for (const [field, value] of [
        ['name', 'person'],
        ['id', 'x'],
        ['created', '2020-01-01T00:00:00Z'],
        ['hierarchyAttribute', 'groups'],
      ] as const) {
        const answer = await send('PATCH', `${schemasOf(source)}/${account.id}`, [
          { op: 'replace', path: `/${field}`, value },
        ]);
        expect(refusal(answer), field).toEqual([400, expect.stringMatching(`"/?${field}"`)]);
      }
    });

    test('getEntitlementsSchema and getAccountsSchema return templates', async () => {
      const source = await server().createSource(
        { connectorAttributes: { delimiter: ';' } },
        { attributes: attributes('id', 'name', 'a "b", c') },
      );
      const entitlements = await send('GET', `${schemasOf(source)}/entitlements?schemaName=group`);
      expect([entitlements.status, entitlements.headers.get('content-type'), entitlements.body]).toEqual([
        200,
        'text/csv; charset=utf-8',
        'id,name,"a ""b"", c"\n',
      ]);
      expect((await send('GET', `${schemasOf(source)}/entitlements`)).body).toBe(entitlements.body);
      expect((await send('GET', `${schemasOf(source)}/accounts`)).body).toBe(
        'id;name;givenName;familyName;e-mail;location;manager;groups\n',
      );
      for (const [name, reason] of [
        ['team', 'It must name a group schema of the source; it has "account", "group".'],
        ['account', 'Its template is at /sources/{id}/schemas/accounts.'],
      ]) {
        expect(refusal(await send('GET', `${schemasOf(source)}/entitlements?schemaName=${name}`))).toEqual([
          400,
          expect.stringContaining(reason ?? ''),
        ]);
      }
      expect((await send('GET', `${schemasOf({ id: 'f'.repeat(32) })}/accounts`)).status).toBe(404);
    });

    test('importEntitlementsSchema and importAccountsSchema accept templates', async () => {
      const source = await server().createSource();
      const upload = (path: string, text: string, part = 'file'): Promise<Answer> =>
        send('POST', `${schemasOf(source)}/${path}`, form([part, text]));
      const group = expectStatus(
        await upload('entitlements?schemaName=group', 'id,name,groups,colour\n1,2,3,4\n'),
        200,
      );
      expect(group.attributes.map(({ name, isMulti }: { name: string; isMulti: boolean }) => [name, isMulti])).toEqual([
        ['id', false],
        ['name', false],
        ['groups', true],
        ['colour', false],
      ]);
      const role = expectStatus(await upload('entitlements?schemaName=role', 'key,displayName\n'), 200);
      expect(role).toMatchObject({ name: 'role', identityAttribute: 'key', displayAttribute: 'displayName' });
      const account = expectStatus(await upload('accounts', '\uFEFFid,name,groups\n'), 200);
      expect(account.attributes.at(-1)).toMatchObject({ name: 'groups', schema: { name: 'group' }, isGroup: true });
      for (const [answer, reason] of [
        [await upload('accounts', ''), 'The template cannot be read: The file has no header'],
        [await upload('accounts', 'id,id\n'), 'Column "id" occurs twice in the header'],
        [await upload('accounts', 'id;name\n'), 'set connectorAttributes "delimiter" to ";"'],
        [await upload('accounts', 'id\n', 'csvFile'), 'Send it in the part "file".'],
        [await send('POST', `${schemasOf(source)}/accounts`), 'The request contains no file.'],
        [await upload('entitlements?schemaName=account', 'id\n'), 'the account schema'],
      ] as const) {
        expect(refusal(answer)).toEqual([400, expect.stringContaining(reason)]);
      }
    });
  });

  test('a schema with entitlements cannot be deleted', async () => {
    const source = await server().createSource();
    await server().load(source, 'id,name\na,Alpha\nb,Beta\n');
    const group = source.schemas.find(({ name }: { name: string }) => name === 'group');
    expect(refusal(await send('DELETE', `/v2025/sources/${source.id}/schemas/${group.id}`))).toEqual([
      400,
      expect.stringContaining('Schema "group" cannot be deleted: the source has 2 entitlements of this type.'),
    ]);
  });
});
