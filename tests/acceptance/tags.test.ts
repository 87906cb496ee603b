import { TaggedObjectsBetaApi, TaggedObjectsV2024Api, TagsBetaApi } from 'sailpoint-api-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addPerson } from '../support/persons.ts';
import {
  describeOwnServer,
  describeServer,
  expectStatus,
  pathIn,
  plainFamilies,
  plainFamiliesAndV3,
  queryOf,
  refusal,
} from './acceptance.ts';
import { configurationOf, refusalOf, sdkFamilies } from './sdk.ts';

const nobody = 'f'.repeat(32);

describeServer('tags', (server) => {
  let source: { id: string; name: string };
  let admins: string;
  let staff: string;
  beforeAll(async () => {
    source = await server().createSource();
    await server().load(source, 'id,name\nadmins,Administrators\nstaff,Staff\n');
    [admins, staff] = (await server().entitlementsOf(source)).map(({ id }) => id as string) as [string, string];
  });
  afterAll(async () => {
    await setTags(admins, []);
    await setTags(staff, []);
    const query = queryOf({ filters: 'name sw "TAGTEST"' });
    for (const { id } of expectStatus(await server().api.get(`/v2025/tags?${query}`), 200)) {
      await server().api.send('DELETE', `/v2025/tags/${id}`);
    }
  });
  const ref = (id: string) => ({ type: 'ENTITLEMENT' as const, id });
  const tagsOf = async (id: string): Promise<readonly string[]> =>
    expectStatus(await server().api.get(`/v2025/tagged-objects/ENTITLEMENT/${id}`), 200).tags;
  const setTags = async (id: string, tags: readonly string[]): Promise<void> => {
    expectStatus(await server().api.send('PUT', `/v2025/tagged-objects/ENTITLEMENT/${id}`, { tags }), 200);
  };

  test('createTag, listTags, getTagById and deleteTagById by the SDK, which has them in beta only', async () => {
    const api = new TagsBetaApi(configurationOf(server()));
    const body = { name: 'Tagtest sdk-beta' } as never;
    const created = await api.createTag({ tagBeta: body });
    expect([created.status, created.headers['etag']]).toEqual([201, '"1"']);
    const { data: tag } = created;
    expect(tag).toEqual({
      id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
      name: 'TAGTEST_SDKBETA',
      created: expect.stringMatching(/Z$/),
      modified: tag.created,
      tagCategoryRefs: [],
    });
    const { id } = tag;
    expect((await api.getTagById({ id })).data).toEqual(tag);
    const list = await api.listTags({ filters: `name eq "${tag.name}"`, count: true, sorters: '-name' });
    expect([list.data, list.headers['x-total-count']]).toEqual([[tag], '1']);
    const again = await refusalOf(api.createTag({ tagBeta: tag as never }));
    expect(again.body.detailCode).toBe('400.1.409 Reference conflict');
    expect((await api.deleteTagById({ id })).status).toBe(204);
    expect((await refusalOf(api.getTagById({ id }))).status).toBe(404);
  });

  describe.each(sdkFamilies)('by the SDK: %s', (family) => {
    test('the eight operations of tagged objects', async () => {
      const configuration = configurationOf(server());
      const api =
        family === 'beta' ? new TaggedObjectsBetaApi(configuration) : new TaggedObjectsV2024Api(configuration);
      await setTags(admins, []);
      await setTags(staff, []);
      const [pci, sox] = [`TAGTEST_PCI_${family.toUpperCase()}`, `TAGTEST_SOX_${family.toUpperCase()}`];
      const objectRef = { ...ref(admins), name: 'Administrators' };
      const object = { objectRef, tags: [pci.toLowerCase()] };
      const set = await api.setTagToObject({ taggedObjectBeta: object, taggedObjectV2024: object });
      expect([set.status, set.data]).toEqual([201, '']);
      const both = { objectRefs: [ref(admins), ref(staff)], tags: [sox], operation: 'MERGE' as const };
      const added = await api.setTagsToManyObjects({ bulkTaggedObjectBeta: both, bulkAddTaggedObjectV2024: both });
      const answer = { objectRefs: [objectRef, { ...ref(staff), name: 'Staff' }], tags: [sox] };
      expect([added.status, added.data]).toEqual([
        200,
        family === 'beta' ? { ...answer, operation: 'MERGE' } : [answer],
      ]);
      const filters = `tagName eq "${sox}"`;
      const list = await api.listTaggedObjects({ filters, count: true });
      expect(list.headers['x-total-count']).toBe('2');
      expect(list.data).toEqual([
        { objectRef, tags: [pci, sox] },
        { objectRef: { ...ref(staff), name: 'Staff' }, tags: [sox] },
      ]);
      const one = `objectRef.id eq "${staff}"`;
      expect(
        (await api.listTaggedObjectsByType({ type: 'ENTITLEMENT', filters: one })).data.map(({ tags }) => tags),
      ).toEqual([[sox]]);
      expect((await api.getTaggedObject({ type: 'ENTITLEMENT', id: admins })).data).toEqual(list.data[0]);
      const replaced = { objectRef: { ...ref(admins), name: null }, tags: [sox, pci, sox] };
      const put = await api.putTaggedObject({
        type: 'ENTITLEMENT',
        id: admins,
        taggedObjectBeta: replaced,
        taggedObjectV2024: replaced,
      });
      expect([put.status, put.data]).toEqual([200, list.data[0]]);
      const removal = { objectRefs: [ref(admins), ref(staff)], tags: [sox] };
      const removalBeta = { ...removal, operation: 'APPEND' as const };
      const removed = await api.deleteTagsToManyObject({
        bulkTaggedObjectBeta: removalBeta,
        bulkRemoveTaggedObjectV2024: removal,
      });
      expect(removed.status).toBe(204);
      expect((await api.listTaggedObjects({ filters })).data).toEqual([]);
      expect((await api.deleteTaggedObject({ type: 'ENTITLEMENT', id: admins })).status).toBe(204);
      expect((await api.getTaggedObject({ type: 'ENTITLEMENT', id: admins })).data).toEqual({ objectRef, tags: [] });
    });
  });

  describe.each(plainFamilies)('%s', (family) => {
    const send = (method: string, path: string, body?: object) => server().api.send(method, pathIn(family, path), body);

    test('createTag, listTags, getTagById, deleteTagById: a tag that an object has is not deleted', async () => {
      const name = `TAGTEST_${family.toUpperCase()}`;
      const tag = expectStatus(await send('POST', '/tags', { name }), 201);
      expect((await send('GET', `/tags/${tag.id}`)).body).toEqual(tag);
      expect(await server().api.get(`${pathIn(family, '/tags')}?filters=id+eq+"${tag.id}"`)).toMatchObject({
        body: [tag],
      });
      await setTags(staff, [name]);
      expect(
        refusal(
          await server().api.send('DELETE', pathIn(family, `/tags/${tag.id}`), undefined, { 'if-match': '"2"' }),
        )[0],
      ).toBe(412);
      expect(refusal(await send('DELETE', `/tags/${tag.id}`))).toEqual([
        400,
        `Tag "${name}" cannot be deleted while an object has it: at least one of type ENTITLEMENT does. Remove it from all objects first. GET /tagged-objects lists those that you may see with the filter tagName eq "${name}".`,
      ]);
      expect(await tagsOf(staff)).toEqual([name]);
      await setTags(staff, []);
      expect((await send('DELETE', `/tags/${tag.id}`)).status).toBe(204);
      for (const method of ['GET', 'DELETE']) {
        expect(refusal(await send(method, `/tags/${tag.id}`))).toEqual([404, `There is no tag with id "${tag.id}".`]);
      }
    });
  });

  // v3 has tagged objects, but no tags.
  describe.each(plainFamiliesAndV3)('%s', (family) => {
    const send = (method: string, path: string, body?: object) => server().api.send(method, pathIn(family, path), body);

    test('setTagToObject, setTagsToManyObjects, deleteTagsToManyObject, and the reads of tagged objects', async () => {
      await setTags(staff, []);
      const [one, two] = ['TAGTEST_ONE', 'TAGTEST_TWO'];
      const added = await send('POST', '/tagged-objects', { objectRef: ref(staff), tags: ['tagtest one'] });
      expect([added.status, added.body]).toEqual([201, '']);
      // Adding it again changes nothing, but not in bulk, unless requested.
      expect((await send('POST', '/tagged-objects', { objectRef: ref(staff), tags: [one] })).status).toBe(201);
      const bulk = { objectRefs: [ref(staff)], tags: [one, two] };
      expect(refusal(await send('POST', '/tagged-objects/bulk-add', bulk))).toEqual([
        400,
        `ENTITLEMENT ${staff} already has the tag ${one}. Omit it, or send operation MERGE to ignore such tags.`,
      ]);
      expect(await tagsOf(staff)).toEqual([one]);
      expectStatus(await send('POST', '/tagged-objects/bulk-add', { ...bulk, operation: 'MERGE' }), 200);
      const stored = { objectRef: { ...ref(staff), name: 'Staff' }, tags: [one, two] };
      const filter = queryOf({ filters: `objectRef.type in ("SOURCE","entitlement") and tagName in ("tagtest_two")` });
      expect((await server().api.get(`${pathIn(family, '/tagged-objects')}?${filter}`)).body).toEqual([stored]);
      expect((await send('GET', `/tagged-objects/ENTITLEMENT?limit=1&count=true`)).headers.get('x-total-count')).toBe(
        '1',
      );
      expect((await send('GET', `/tagged-objects/ENTITLEMENT/${staff}`)).body).toEqual(stored);
      expect((await send('POST', '/tagged-objects/bulk-remove', bulk)).status).toBe(204);
      expect((await send('POST', '/tagged-objects/bulk-remove', bulk)).status).toBe(204);
      expect(await tagsOf(staff)).toEqual([]);
      expect((await send('PUT', `/tagged-objects/SOURCE/${source.id}`, { tags: [two] })).body).toEqual({
        objectRef: { type: 'SOURCE', id: source.id, name: source.name },
        tags: [two],
      });
      expect((await send('DELETE', `/tagged-objects/SOURCE/${source.id}`)).status).toBe(204);
      expect((await send('GET', '/tagged-objects/SOURCE?limit=0&count=true')).headers.get('x-total-count')).toBe('0');
    });
  });

  test('putTaggedObject and deleteTaggedObject change nothing if the object has another ETag', async () => {
    await setTags(staff, ['tagtest kept']);
    const path = `/v2025/tagged-objects/ENTITLEMENT/${staff}`;
    const put = (tags: readonly string[], etag: string) =>
      server().api.send('PUT', path, { tags }, { 'if-match': etag });
    const remove = (etag: string) => server().api.send('DELETE', path, undefined, { 'if-match': etag });
    const etag = (await server().api.get(path)).headers.get('etag') ?? '';
    expect((await server().api.get(`/v2025/entitlements/${staff}`)).headers.get('etag')).toBe(etag);
    expect((await put(['tagtest refused'], '"99999"')).status).toBe(412);
    expect((await remove('"99999"')).status).toBe(412);
    expect(await tagsOf(staff)).toEqual(['TAGTEST_KEPT']);
    const query = queryOf({ filters: 'name eq "TAGTEST_REFUSED"' });
    expect((await server().api.get(`/v2025/tags?${query}`)).body).toEqual([]);
    // The same tags keep the version.
    expect((await put(['tagtest kept'], etag)).headers.get('etag')).toBe(etag);
    const changed = await put(['tagtest new'], etag);
    expectStatus(changed, 200);
    const next = changed.headers.get('etag') ?? '';
    expect((await server().api.get(path)).headers.get('etag')).toBe(next);
    expect((await remove(etag)).status).toBe(412);
    expect((await remove(next)).status).toBe(204);
    expect(await tagsOf(staff)).toEqual([]);
  });

  test.each(['v2026', 'v1'] as const)('entitlements in %s show their tags and are found by them', async (family) => {
    await setTags(admins, ['tagtest b', 'tagtest a']);
    await setTags(staff, ['tagtest b']);
    const list = async (filters: string) =>
      expectStatus(
        await server().api.get(`${pathIn(family, '/entitlements')}?${queryOf({ filters, sorters: 'value' })}`),
        200,
      ).map((entitlement: { value: string; tags: string[] }) => [entitlement.value, entitlement.tags]);
    const [first, second] = [
      ['admins', ['TAGTEST_A', 'TAGTEST_B']],
      ['staff', ['TAGTEST_B']],
    ];
    expect(await list('tags eq "tagtest_b"')).toEqual([first, second]);
    expect(await list('tags eq "TAGTEST_A" or tags eq "TAGTEST_NONE"')).toEqual([first]);
    expect(await list(`source.id eq "${source.id}" and not (tags eq "TAGTEST_A")`)).toEqual([second]);
    const one = await server().api.get(pathIn(family, `/entitlements/${admins}`));
    expect(one.body.tags).toEqual(['TAGTEST_A', 'TAGTEST_B']);
    expect((await server().api.get(`/v2025/entitlements/${admins}`)).body.tags).toBeUndefined();
    // Other changes keep them.
    const patch = [{ op: 'replace', path: '/requestable', value: family === 'v1' }];
    const patched = await server().api.send('PATCH', pathIn(family, `/entitlements/${admins}`), patch);
    expect(expectStatus(patched, 200).tags).toEqual(['TAGTEST_A', 'TAGTEST_B']);
  });

  test('tags are in the history, and in earlier states', async () => {
    await setTags(admins, []);
    const before = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await setTags(admins, ['tagtest history']);
    const [entry] = (await server().api.get(`/muniment/v1/entitlements/${admins}/history?limit=1`)).body;
    expect(entry).toMatchObject({
      kind: 'updated',
      actor: { id: server().identityId },
      before: { tags: null },
      after: { tags: ['TAGTEST_HISTORY'] },
    });
    const path = `/muniment/v1/entitlements/${admins}`;
    expect((await server().api.get(`${path}?at=${before}`)).body.tags).toEqual([]);
    expect((await server().api.get(path)).body.tags).toEqual(['TAGTEST_HISTORY']);
    const query = queryOf({ filters: 'objectType eq "TAG"', limit: 1 });
    expect((await server().api.get(`/muniment/v1/changes?${query}`)).body).toMatchObject([
      { kind: 'created', after: { name: 'TAGTEST_HISTORY' } },
    ]);
  });

  test('the tags of a deleted entitlement are removed, and return with it', async () => {
    const own = await server().createSource({ deleteThreshold: 100 });
    await server().load(own, 'id,name\na,A\nb,B\n');
    const [a] = await server().entitlementsOf(own);
    await setTags(a.id, ['tagtest kept', 'tagtest gone']);
    const query = queryOf({ filters: `objectRef.id eq "${a.id}"` });
    const listed = async (): Promise<unknown[]> => (await server().api.get(`/v2025/tagged-objects?${query}`)).body;
    expect(await listed()).toHaveLength(1);
    await server().load(own, 'id,name\nb,B\n');
    expect(await listed()).toEqual([]);
    const name = queryOf({ filters: 'name eq "TAGTEST_GONE"' });
    const [gone] = (await server().api.get(`/v2025/tags?${name}`)).body;
    expectStatus(await server().api.send('DELETE', `/v2025/tags/${gone.id}`), 204);
    await server().load(own, 'id,name\na,A\nb,B\n');
    expect(await tagsOf(a.id)).toEqual(['TAGTEST_KEPT']);
    expect((await server().api.get(`/v2026/entitlements/${a.id}`)).body.tags).toEqual(['TAGTEST_KEPT']);
  });

  test('what is wrong with a request is said', async () => {
    const tooMany = Array.from({ length: 51 }, (_, index) => `TAGTEST_${index}`);
    for (const [method, path, body, status, reason] of [
      ['POST', '/tags', {}, 400, 'Field "name" is required.'],
      ['POST', '/tags', { name: 'no' }, 400, 'Field "name" is "no", the tag "NO". A tag must have 3 to 128'],
      ['POST', '/tagged-objects', { objectRef: ref(nobody), tags: ['TAGTEST_X'] }, 400, 'Referenced entitlement'],
      ['POST', '/tagged-objects', { objectRef: ref(admins), tags: [] }, 400, 'Field "tags" has no tags.'],
      ['POST', '/tagged-objects', { objectRef: ref(admins), tags: tooMany }, 400, 'Field "tags" has 51 tags.'],
      [
        'POST',
        '/tagged-objects',
        { objectRef: { type: 'ROLE', id: nobody }, tags: ['TAGTEST_X'] },
        400,
        'Field "objectRef.type" is "ROLE". There are no objects of this type on this server yet',
      ],
      ['POST', '/tagged-objects/bulk-add', { objectRefs: [], tags: ['TAGTEST_X'] }, 400, 'has 0 objects'],
      [
        'POST',
        '/tagged-objects/bulk-remove',
        { objectRefs: Array.from({ length: 101 }, () => ref(admins)), tags: ['TAGTEST_X'] },
        400,
        'Field "objectRefs" has 101 objects. It must have 1 to 100.',
      ],
      ['GET', '/tagged-objects/ROLE', undefined, 400, 'Field "type" is "ROLE".'],
      ['GET', '/tagged-objects/PERSON', undefined, 400, '"PERSON"'],
      ['GET', `/tagged-objects/IDENTITY/${nobody}`, undefined, 404, 'There is no identity with id'],
      ['PUT', `/tagged-objects/SOURCE/${nobody}`, { tags: [] }, 404, 'There is no source with id'],
      ['PUT', `/tagged-objects/ENTITLEMENT/${admins}`, { objectRef: ref(staff), tags: [] }, 400, 'another object'],
      ['DELETE', `/tagged-objects/ENTITLEMENT/${nobody}`, undefined, 404, 'There is no entitlement with id'],
    ] as const) {
      const answer = await server().api.send(method, `/v2025${path}`, body);
      expect(refusal(answer), `${method} ${path}`).toEqual([status, expect.stringContaining(reason)]);
    }
    expect((await server().api.get(`/v2025/tags?${queryOf({ filters: 'name eq "TAGTEST_X"' })}`)).body).toEqual([]);
  });

  test('an object has at most 50 tags', async () => {
    const tags = Array.from({ length: 50 }, (_, index) => `TAGTEST_MANY_${index}`);
    await setTags(staff, tags);
    const body = { objectRef: ref(staff), tags: ['TAGTEST_ONE_MORE'] };
    expect(refusal(await server().api.send('POST', '/v2025/tagged-objects', body))).toEqual([
      400,
      `ENTITLEMENT ${staff} would have 51 tags. At most 50 are allowed: remove others first.`,
    ]);
    await setTags(staff, []);
  });

  test('concurrent requests lose no tags', async () => {
    await setTags(staff, []);
    const names = Array.from({ length: 12 }, (_, index) => `TAGTEST_AT_ONCE_${String(index).padStart(2, '0')}`);
    const answers = await Promise.all(
      names.map((name) =>
        server().api.send('POST', '/v2025/tagged-objects', { objectRef: ref(staff), tags: [name, 'TAGTEST_SHARED'] }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 201));
    expect(await tagsOf(staff)).toEqual([...names, 'TAGTEST_SHARED']);
    await setTags(staff, []);
  });
});

describeOwnServer('tags of identities', {}, (server) => {
  test('are removed with the identity, which is recorded', async () => {
    const { id } = await addPerson(server(), server().database, 'Tagged Person', []);
    const path = `/v2025/tagged-objects/IDENTITY/${id}`;
    const put = await server().api.send('PUT', path, { tags: ['VIP'] });
    expect(put.body).toEqual({ objectRef: { type: 'IDENTITY', id, name: 'Tagged Person' }, tags: ['VIP'] });
    expectStatus(await server().api.send('DELETE', `/v2025/identities/${id}`), 204);
    expect((await server().api.get('/v2025/tagged-objects/IDENTITY')).body).toEqual([]);
    expect((await server().api.get(path)).status).toBe(404);
    const query = queryOf({ filters: `objectId eq "${id}"`, limit: 1 });
    const [change] = (await server().api.get(`/muniment/v1/changes?${query}`)).body;
    expect([change.kind, change.before.tags]).toEqual(['deleted', ['VIP']]);
  });

  test('listEntitlementsByIdentity lists the entitlements of all accounts, each once, with their tags', async () => {
    const { identityId, api } = server();
    const source = await server().createSource();
    const header = 'id,name,givenName,familyName,e-mail,location,manager,groups';
    const rows = [
      'ann,Ann,A,N,a@example.com,,,x',
      'ann,Ann,A,N,a@example.com,,,y',
      'adm-ann,Ann,A,N,a@example.com,,,y',
    ];
    await api.loadAccounts(source.id, [header, ...rows].join('\n'));
    const path = (family: 'v2024' | 'v2025' | 'v2026' | 'v1', id: string): string =>
      pathIn(family, `/entitlements/identities/${id}/entitlements`);
    expect((await api.get(path('v2025', identityId))).body).toEqual([]);
    const { id } = await addPerson(server(), server().database, 'Ann N', []);
    for (const { id: account } of (await api.get(`/v2025/accounts?filters=sourceId+eq+"${source.id}"`)).body) {
      const operations = [{ op: 'add', path: '/identityId', value: id }];
      expectStatus(await api.send('PATCH', `/v2025/accounts/${account}`, operations), 202);
    }
    await expect.poll(async () => (await api.get(path('v2025', id))).body.length, { timeout: 20_000 }).toBe(2);
    const [x, y] = await server().entitlementsOf(source);
    expectStatus(await api.send('PUT', `/v2025/tagged-objects/ENTITLEMENT/${y.id}`, { tags: ['PCI'] }), 200);
    const expected = [
      { objectRef: { type: 'ENTITLEMENT', id: x.id, name: 'x' }, tags: [] },
      { objectRef: { type: 'ENTITLEMENT', id: y.id, name: 'y' }, tags: ['PCI'] },
    ].toSorted((one, other) => (one.objectRef.id < other.objectRef.id ? -1 : 1));
    for (const family of ['v2024', 'v2025', 'v2026', 'v1'] as const) {
      const answer = await api.get(`${path(family, id)}?count=true`);
      expect([answer.body, answer.headers.get('x-total-count')], family).toEqual([expected, '2']);
      expect((await api.get(`${path(family, id)}?offset=1&limit=1`)).body).toEqual(expected.slice(1));
      expect(refusal(await api.get(path(family, nobody)))).toEqual([404, `There is no identity with id "${nobody}".`]);
    }
  });
});
