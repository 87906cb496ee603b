import { beforeAll, describe, expect, test } from 'vitest';
import { type Answer, ApiClient, tokenOf } from '../support/api-client.ts';
import { violationsIn } from '../support/invariants.ts';
import { addPerson } from '../support/persons.ts';
import { describeOwnServer, expectStatus, form, pathIn, queryOf, refusal, type ServerUnderTest } from './acceptance.ts';
import { sdkFamilies, sdkOf } from './sdk.ts';

const families = ['beta', 'v2024', 'v2025', 'v2026', 'v1'] as const;

type Query = Readonly<Record<string, string | number | boolean>>;

/** Returns criteria for the identities with a value of an attribute. */
function criteria(attribute: string, value: string): object {
  return { visibilityCriteria: { expression: { operator: 'EQUALS', attribute, value: { type: 'STRING', value } } } };
}

/** Creates a source with entitlements that have these names. Returns their ids by name. */
async function entitlementsNamed(server: ServerUnderTest, names: readonly string[]): Promise<Record<string, string>> {
  const source = await server.createSource();
  await server.load(source, `id,name\n${names.map((name) => `${name},${name}`).join('\n')}\n`);
  const entitlements = await server.entitlementsOf(source);
  return Object.fromEntries(entitlements.map(({ name, id }) => [name, id]));
}

async function assign(server: ServerUnderTest, id: string | undefined, segments: readonly string[]): Promise<void> {
  const patch = [{ op: 'replace', path: '/segments', value: segments }];
  expectStatus(await server.api.send('PATCH', `/v2025/entitlements/${id}`, patch), 200);
}

/** Returns the names in a list, which must be a 200. */
async function namesIn(api: ApiClient, family: (typeof families)[number], query: Query): Promise<string[]> {
  const answer = await api.get(`${pathIn(family, '/entitlements')}?${queryOf(query)}`);
  return expectStatus(answer, 200).map(({ name }: { name: string }) => name);
}

describeOwnServer('lists of entitlements by segment', {}, (server) => {
  let mine: string;
  let others: string;
  let inactive: string;
  let ids: Record<string, string>;

  beforeAll(async () => {
    ids = await entitlementsNamed(server(), ['ann', 'bob', 'cat', 'dog', 'eve', 'fox']);
    mine = (await server().createSegment('mine', criteria('ID', server().identityId.toUpperCase()))).id;
    others = (await server().createSegment('others', criteria('id', 'somebody'))).id;
    inactive = (await server().createSegment('inactive', { active: false })).id;
    await assign(server(), ids['ann'], [mine]);
    await assign(server(), ids['bob'], [others, mine, inactive]);
    await assign(server(), ids['cat'], [others]);
    await assign(server(), ids['dog'], [inactive]);
    await assign(server(), ids['eve'], []);
  });

  const get = async (family: (typeof families)[number], query: Query): Promise<Answer> =>
    server().api.get(`${pathIn(family, '/entitlements')}?${queryOf(query)}`);

  const cases = (): readonly (readonly [Query, readonly string[]])[] => [
    [{ 'include-unsegmented': true }, ['ann', 'bob', 'cat', 'dog', 'eve', 'fox']],
    [{ 'segmented-for-identity': 'me' }, ['ann', 'bob', 'dog', 'eve', 'fox']],
    [{ 'segmented-for-identity': server().identityId }, ['ann', 'bob', 'dog', 'eve', 'fox']],
    [{ 'segmented-for-identity': 'me', 'include-unsegmented': false }, ['ann', 'bob']],
    [{ 'for-segment-ids': others }, ['bob', 'cat', 'dog', 'eve', 'fox']],
    [{ 'for-segment-ids': others, 'include-unsegmented': false }, ['bob', 'cat']],
    [{ 'for-segment-ids': `${mine.toUpperCase()}, ${others}`, 'include-unsegmented': false }, ['ann', 'bob', 'cat']],
    [{ 'for-segment-ids': inactive, 'include-unsegmented': false }, ['bob', 'dog']],
    [{ 'for-segment-ids': inactive }, ['bob', 'dog', 'eve', 'fox']],
  ];

  describe.each(families)('in %s', (family) => {
    test('contain what the segments allow, in every order, with every filter', async () => {
      for (const [query, expected] of cases()) {
        const orders = ['name', '-name', 'id', '-id', 'name,-id', 'value', '-created,name'];
        await Promise.all(
          orders.map(async (sorters) => {
            const sorted = sorters.startsWith('-name') || sorters === '-id' ? expected.toReversed() : expected;
            const what = `${JSON.stringify(query)} ${sorters}`;
            expect(await namesIn(server().api, family, { ...query, sorters }), what).toEqual(sorted);
            const rest = { ...query, sorters, offset: 1, limit: 2 };
            expect(await namesIn(server().api, family, rest), what).toEqual(sorted.slice(1, 3));
            const filters = 'requestable eq false';
            expect(await namesIn(server().api, family, { ...query, sorters, filters }), what).toEqual(sorted);
          }),
        );
        const filters = 'name in ("bob", "cat", "dog")';
        expect(await namesIn(server().api, family, { ...query, filters })).toEqual(
          expected.filter((name) => ['bob', 'cat', 'dog'].includes(name)),
        );
        for (const [filter, total] of [
          [{}, expected.length],
          [{ filters: 'name sw "b"' }, expected.includes('bob') ? 1 : 0],
        ] as const) {
          const counted = await get(family, { ...query, ...filter, count: true, limit: 0 });
          expect([counted.body, counted.headers.get('x-total-count')]).toEqual([[], String(total)]);
        }
      }
    });

    test('reject what contradicts', async () => {
      const isOlder = family !== 'v2026' && family !== 'v1';
      const together = (one: string, other: string): string =>
        `Parameters "${one}" and "${other}" cannot be used together. Omit one of them.`;
      for (const [query, reason] of [
        [
          { 'segmented-for-identity': 'me', 'for-segment-ids': mine },
          together('segmented-for-identity', 'for-segment-ids'),
        ],
        [
          { 'include-unsegmented': false },
          'Parameter "include-unsegmented" is false, but neither "segmented-for-identity"',
        ],
        [{ 'for-segment-ids': '' }, 'Parameter "for-segment-ids" is "". It must not be empty.'],
        [{ 'segmented-for-identity': '' }, 'Parameter "segmented-for-identity" is "". It must not be empty.'],
        [
          { 'include-unsegmented': 'perhaps' },
          'Parameter "include-unsegmented" is "perhaps". It must be true or false.',
        ],
        [
          { 'segmented-for-identity': 'f'.repeat(32) },
          `"${'f'.repeat(32)}". It must be "me" or the id of your own identity, "${server().identityId}".`,
        ],
        [{ 'for-segment-ids': 'x' }, 'Parameter "for-segment-ids" contains "x". It must contain ids of segments'],
        [{ 'for-segment-ids': `${mine},` }, 'Parameter "for-segment-ids" contains "".'],
        [{ 'for-segment-ids': `${mine},${mine.slice(0, -1)}\0` }, 'Parameter "for-segment-ids" contains'],
        [
          { 'for-segment-ids': Array.from({ length: 101 }, () => mine).join() },
          'has 101 ids. At most 100 are allowed.',
        ],
        [
          { 'for-segment-ids': `${mine},00000000-0000-0000-0000-000000000000` },
          'Referenced segment "00000000-0000-0000-0000-000000000000" was not found.',
        ],
        ...(isOlder
          ? (
              [
                [{ 'segmented-for-identity': 'me' }, together('account-id', 'segmented-for-identity')],
                [{ 'for-segment-ids': mine }, together('account-id', 'for-segment-ids')],
                [{ 'include-unsegmented': true }, together('account-id', 'include-unsegmented')],
                [{ filters: 'name eq "x"' }, together('account-id', 'filters')],
              ] as const
            ).map(([parameters, text]) => [{ 'account-id': 'x', ...parameters }, text] as const)
          : []),
      ] as const) {
        const answer = await get(family, query);
        expect(refusal(answer), JSON.stringify(query).slice(0, 200)).toEqual([400, expect.stringContaining(reason)]);
      }
    });
  });

  test.each(['v2026', 'v1'] as const)('are read page by page with searchAfter in %s', async (family) => {
    for (const [sorters, key] of [
      ['name,id', ({ name, id }: Answer['body']) => `${name},${id}`],
      ['-name,-id', ({ name, id }: Answer['body']) => `${name},${id}`],
      ['-name,id', ({ name, id }: Answer['body']) => `${name},${id}`],
      ['id', ({ id }: Answer['body']) => id],
    ] as const) {
      const query = { 'segmented-for-identity': 'me', sorters, limit: 2 };
      const seen: string[] = [];
      let page = expectStatus(await get(family, query), 200);
      while (page.length > 0) {
        seen.push(...page.map(({ name }: { name: string }) => name));
        page = expectStatus(await get(family, { ...query, searchAfter: key(page.at(-1)) }), 200);
      }
      const expected = ['ann', 'bob', 'dog', 'eve', 'fox'];
      expect(seen, sorters).toEqual(sorters.startsWith('-') ? expected.toReversed() : expected);
    }
  });

  test.each(sdkFamilies)('by the SDK: listEntitlements in %s', async (family) => {
    const { entitlements } = sdkOf(server(), family);
    const names = async (parameters: object): Promise<(string | undefined)[]> =>
      (await entitlements.listEntitlements({ sorters: 'name', ...parameters })).data.map(({ name }) => name);
    expect(await names({ segmentedForIdentity: 'me' })).toEqual(['ann', 'bob', 'dog', 'eve', 'fox']);
    expect(await names({ forSegmentIds: others, includeUnsegmented: false })).toEqual(['bob', 'cat']);
  });

  test('are refused to a client that acts for no identity', async () => {
    const body = {
      name: 'Robot',
      description: 'Reads',
      accessType: 'OFFLINE',
      enabled: true,
      accessTokenValiditySeconds: 600,
      grantTypes: ['CLIENT_CREDENTIALS'],
      scope: ['sp:scopes:all'],
    };
    const client = expectStatus(await server().api.send('POST', '/v2025/oauth-clients', body), 200);
    const robot = new ApiClient(server().url, await tokenOf(server().url, client.id, client.secret));
    const answer = await robot.get('/v2025/entitlements?segmented-for-identity=me');
    expect(refusal(answer)).toEqual([400, expect.stringContaining('this client does not act for an identity')]);
    expect(await namesIn(robot, 'v2025', { 'for-segment-ids': others, 'include-unsegmented': false })).toHaveLength(2);
  });
});

describeOwnServer('what a person sees', {}, (server) => {
  const seenBy = (api: ApiClient): Promise<string[]> =>
    namesIn(api, 'v2025', { 'segmented-for-identity': 'me', sorters: 'name' });
  const patchSegment = async (id: string, path: string, value: unknown): Promise<void> => {
    expectStatus(await server().api.send('PATCH', `/v2025/segments/${id}`, [{ op: 'replace', path, value }]), 200);
  };

  test('changes at once with segments, entitlements and the person', async () => {
    const ids = await entitlementsNamed(server(), ['ape', 'bee']);
    const { id: personId, api } = await addPerson(server(), server().database, 'Pat Person', []);
    const segment = (await server().createSegment('Zurich', criteria('Location', ' zÜrich'))).id;
    await assign(server(), ids['ape'], [segment]);
    expect(await seenBy(api)).toEqual(['bee']);
    // A person's attributes come from the authoritative account.
    const people = await server().createSource({ authoritative: true });
    const move = async (location: string): Promise<void> => {
      const file = `id,name,givenName,familyName,e-mail,location,manager\n${personId},Pat,Pat,Person,p@x.org,${location},\n`;
      const answer = await server().api.send('POST', `/v2025/sources/${people.id}/load-accounts`, form(['file', file]));
      await server().api.waitForTask(expectStatus(answer, 202).task.id);
    };
    await move('Zürich');
    expect(await seenBy(api)).toEqual(['ape', 'bee']);
    await move('Bern');
    expect(await seenBy(api)).toEqual(['bee']);
    await patchSegment(segment, '/visibilityCriteria/expression/value/value', 'BERN');
    expect(await seenBy(api)).toEqual(['ape', 'bee']);
    // Without criteria a segment has no members.
    await patchSegment(segment, '/visibilityCriteria', null);
    expect(await seenBy(api)).toEqual(['bee']);
    await patchSegment(segment, '/active', false);
    expect(await seenBy(api)).toEqual(['ape', 'bee']);
    await patchSegment(segment, '/active', true);
    await assign(server(), ids['bee'], [segment]);
    expect(await seenBy(api)).toEqual([]);
    const both = [
      { operator: 'EQUALS', attribute: 'location', value: { value: 'Bern' } },
      { operator: 'EQUALS', attribute: 'displayName', value: { value: 'Pat Person' } },
    ];
    await patchSegment(segment, '/visibilityCriteria', { expression: { operator: 'AND', children: both } });
    expect(await seenBy(api)).toEqual([]);
    await patchSegment(segment, '/visibilityCriteria/expression/children/1/value/value', 'pat');
    expect(await seenBy(api)).toEqual(['ape', 'bee']);
    const rename = [{ op: 'replace', path: '/name', value: 'cow' }];
    expectStatus(await server().api.send('PATCH', `/v2025/entitlements/${ids['ape']}`, rename), 200);
    expect(await seenBy(api)).toEqual(['bee', 'cow']);
    expect(await violationsIn(server().database.url)).toEqual([]);
  });

  test('no longer depends on a segment that is deleted', async () => {
    const ids = await entitlementsNamed(server(), ['yak', 'zoe']);
    const [gone, kept] = [await server().createSegment('Gone'), await server().createSegment('Kept')];
    await assign(server(), ids['yak'], [gone.id]);
    await assign(server(), ids['zoe'], [kept.id, gone.id]);
    expectStatus(await server().api.send('DELETE', `/v2025/segments/${gone.id}`), 204);
    const yak = await server().api.get(`/v2025/entitlements/${ids['yak']}`);
    expect([yak.headers.get('etag'), yak.body.segments]).toEqual(['"3"', null]);
    expect((await server().api.get(`/v2025/entitlements/${ids['zoe']}`)).body.segments).toEqual([kept.id]);
    const history = await server().api.get(`/muniment/v1/entitlements/${ids['zoe']}/history`);
    expect(expectStatus(history, 200)[0]).toMatchObject({
      kind: 'updated',
      before: { segments: [kept.id, gone.id] },
      after: { segments: [kept.id] },
    });
    expect(await seenBy(server().api)).toEqual(expect.arrayContaining(['yak']));
    expect(await violationsIn(server().database.url)).toEqual([]);
  });

  test('survives loads: a renamed, deleted and restored entitlement keeps the segments that still exist', async () => {
    const source = await server().createSource({ deleteThreshold: 100 });
    const [gone, kept] = [await server().createSegment('Left'), await server().createSegment('Stays')];
    await server().load(source, 'id,name\nk1,Kim\nk2,Kit\n');
    const [{ id }] = await server().entitlementsOf(source);
    await assign(server(), id, [gone.id, kept.id]);
    await server().load(source, 'id,name\nk1,Zed\nk2,Kit\n');
    const ofKept = { 'for-segment-ids': kept.id, 'include-unsegmented': false, sorters: 'name' };
    expect(await namesIn(server().api, 'v2025', ofKept)).toEqual(['Zed']);
    await server().load(source, 'id,name\nk2,Kit\n');
    expect(await namesIn(server().api, 'v2025', ofKept)).toEqual([]);
    expectStatus(await server().api.send('DELETE', `/v2025/segments/${gone.id}`), 204);
    await server().load(source, 'id,name\nk1,Back\nk2,Kit\n');
    expect(await namesIn(server().api, 'v2025', ofKept)).toEqual(['Back']);
    expect((await server().api.get(`/v2025/entitlements/${id}`)).body.segments).toEqual([kept.id]);
    expect(await violationsIn(server().database.url)).toEqual([]);
  });
});

describeOwnServer('updateSegmentAssignments', {}, (server) => {
  let ids: Record<string, string>;
  let segmentId: string;
  beforeAll(async () => {
    ids = await entitlementsNamed(server(), ['ant', 'bat', 'cod']);
    segmentId = (await server().createSegment()).id;
  });
  const refs = (...names: readonly string[]): object[] => names.map((name) => ({ type: 'ENTITLEMENT', id: ids[name] }));
  const assigned = (): Promise<string[]> =>
    namesIn(server().api, 'v2025', { 'for-segment-ids': segmentId, 'include-unsegmented': false, sorters: 'name' });

  test.each(['/beta/entitlements/segment-assignments', '/muniment/v1/entitlements/segment-assignments'])(
    'POST %s',
    async (path) => {
      const update = (body: object): Promise<Answer> => server().api.send('POST', path, body);
      const done = await update({ segmentId, assignments: refs('ant', 'bat'), removals: refs('cod') });
      expect([done.status, done.body]).toEqual([200, '']);
      expect(await assigned()).toEqual(['ant', 'bat']);
      const etag = async (): Promise<string | null> =>
        (await server().api.get(`/v2025/entitlements/${ids['ant']}`)).headers.get('etag');
      const before = await etag();
      // What is so already is not changed.
      expect((await update({ segmentId: segmentId.toUpperCase(), assignments: refs('ant', 'cod') })).status).toBe(200);
      expect([await etag(), await assigned()]).toEqual([before, ['ant', 'bat', 'cod']]);
      expect((await update({ segmentId, removals: refs('ant', 'bat', 'cod'), assignments: null })).status).toBe(200);
      expect([await assigned(), (await server().api.get(`/v2025/entitlements/${ids['ant']}`)).body.segments]).toEqual([
        [],
        null,
      ]);
      const changes = await server().api.get(`/muniment/v1/entitlements/${ids['ant']}/history?limit=1`);
      expect(changes.body).toMatchObject([{ before: { segments: [segmentId] }, after: { segments: null } }]);
    },
  );

  test('does nothing if a part is wrong, and says what', async () => {
    const nobody = 'f'.repeat(32);
    const many = Array.from({ length: 51 }, (_, index) => ({ type: 'ENTITLEMENT', id: `x${index}` }));
    for (const [body, reason] of [
      [{}, 'Fields "assignments" and "removals" have 0 entitlements. Together they must have 1 to 50.'],
      [{ assignments: [], removals: [] }, 'have 0 entitlements'],
      [{ assignments: many }, 'have 51 entitlements'],
      [{ assignments: many.slice(1), removals: refs('ant') }, 'have 51 entitlements'],
      [{ assignments: refs('ant'), removals: refs('ant') }, 'is in both "assignments" and "removals". Send it once.'],
      [{ assignments: refs('ant', 'ant') }, 'is twice in "assignments"'],
      [{ removals: refs('ant', 'ant') }, 'is twice in "removals"'],
      [
        { assignments: [{ type: 'ROLE', id: nobody }] },
        'Field "assignments.0.type" is "ROLE". It must be one of ENTITLEMENT.',
      ],
      [{ assignments: [...refs('ant'), { id: nobody }] }, `Referenced entitlement "${nobody}" was not found.`],
      [{ assignments: [...refs('ant'), { id: 'a\0' }] }, 'Referenced entitlement'],
      [{ assignments: refs('ant'), segmentId: 'x' }, 'Referenced segment "x" was not found.'],
      [
        { assignments: refs('ant'), segmentId: '00000000-0000-0000-0000-000000000000' },
        'Referenced segment "00000000-0000-0000-0000-000000000000" was not found.',
      ],
      [{ assignments: refs('ant'), segmentId: null }, 'Field "segmentId" is null.'],
      [{ assignments: refs('ant'), segment: segmentId }, 'Field "segment" is unknown.'],
    ] as const) {
      const answer = await server().api.send('POST', '/beta/entitlements/segment-assignments', { segmentId, ...body });
      expect(refusal(answer), JSON.stringify(body).slice(0, 200)).toEqual([400, expect.stringContaining(reason)]);
    }
    expect(await assigned()).toEqual([]);
  });

  test('an entitlement can be patched while its segment is deleted', async () => {
    const { id } = await server().createSegment('Fleeting');
    const one = `/v2025/entitlements/${ids['bat']}`;
    const answers = await Promise.all([
      ...Array.from({ length: 10 }, () =>
        server().api.send('PATCH', one, [{ op: 'add', path: '/segments/-', value: id }]),
      ),
      server().api.send('DELETE', `/v2025/segments/${id}`),
    ]);
    for (const { status } of answers) {
      expect([200, 204, 400]).toContain(status);
    }
    expect((await server().api.get(one)).body.segments ?? []).not.toContain(id);
    expect(await violationsIn(server().database.url)).toEqual([]);
  });
});
