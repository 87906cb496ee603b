import { beforeEach, describe, expect, test } from 'vitest';
import { contractFamilies } from '../../src/api/families.ts';
import type { Answer } from '../support/api-client.ts';
import { describeServer, expectStatus, pathIn, refusal, type ServerUnderTest } from './acceptance.ts';

const unknownSegment = 'f7b1b8a3-5fed-4fd4-ad29-82014e137e19';

/** Loads entitlements once for many tests; returns an unused one each time. */
function entitlementsOf(server: () => ServerUnderTest): () => Promise<{ id: string }> {
  const ready: { id: string }[] = [];
  return async () => {
    if (ready.length === 0) {
      const rows = Array.from({ length: 100 }, (_, index) => `p${index},Patched,Of the source`);
      const source = await server().createSource();
      await server().load(source, `id,name,description\n${rows.join('\n')}`);
      ready.push(...(await server().entitlementsOf(source)));
    }
    const next = ready.pop();
    if (next === undefined) {
      throw new Error('No entitlement is left.');
    }
    return next;
  };
}

describeServer('patches of entitlements', (server) => {
  const fresh = entitlementsOf(server);
  let id = '';
  beforeEach(async () => {
    ({ id } = await fresh());
  });

  describe.each(contractFamilies)('patchEntitlement in %s', (family) => {
    const isNew = family === 'v2026' || family === 'v1';
    const path = (): string => pathIn(family, `/entitlements/${id}`);
    const patch = (operations: unknown, headers?: Record<string, string>): Promise<Answer> =>
      server().api.send('PATCH', path(), operations, headers);
    const get = async (): Promise<Answer['body']> => expectStatus(await server().api.get(path()), 200);

    test('changes every patchable field', async () => {
      const { id: segment } = await server().createSegment();
      const owner = { type: 'IDENTITY', id: server().identityId };
      const metadata = {
        attributes: [{ key: 'iscPrivacy', name: 'Privacy', values: [{ value: 'public', name: 'Public' }] }],
      };
      const privilege = isNew
        ? { op: 'replace', path: '/privilegeOverride/level', value: 'MEDIUM' }
        : { op: 'replace', path: '/privileged', value: true };
      const answer = await patch([
        { op: 'replace', path: '/requestable', value: true },
        privilege,
        { op: 'add', path: '/segments', value: [segment] },
        { op: 'add', path: '/owner', value: owner },
        { op: 'replace', path: '/name', value: 'A new name' },
        { op: 'add', path: '/description', value: 'A new description' },
        { op: 'replace', path: '/accessModelMetadata', value: metadata },
        { op: 'replace', path: '/additionalOwners', value: [owner] },
      ]);
      const body = expectStatus(answer, 200);
      expect(body).toMatchObject({
        id,
        requestable: true,
        segments: [segment],
        owner: { ...owner, name: expect.any(String) },
        name: 'A new name',
        description: 'A new description',
        manuallyUpdatedFields: { DISPLAY_NAME: true, DESCRIPTION: true },
        accessModelMetadata: metadata,
      });
      if (isNew) {
        expect(body.privilegeLevel).toEqual({
          direct: 'MEDIUM',
          setBy: server().identityId,
          setByType: 'OVERRIDE',
          inherited: 'NONE',
          effective: 'MEDIUM',
        });
        expect(body).toMatchObject({ tags: [] });
        expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['privileged']));
        expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['additionalOwners']));
      } else {
        expect(body).toMatchObject({ privileged: true, additionalOwners: [{ ...owner, name: expect.any(String) }] });
        expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['privilegeLevel']));
      }
      expect(await get()).toEqual(body);
    });

    test('supports all operations of RFC 6902', async () => {
      const [{ id: first }, { id: second }] = [await server().createSegment(), await server().createSegment()];
      const patched = expectStatus(
        await patch([
          { op: 'add', path: '/segments/-', value: first },
          { op: 'add', path: '/segments/0', value: second },
          { op: 'test', path: '/segments', value: [second, first] },
          { op: 'copy', from: '/name', path: '/description' },
          { op: 'move', from: '/segments/0', path: '/segments/1' },
          { op: 'remove', path: '/segments/0' },
          { op: 'test', path: '/segments/0', value: second },
          { op: 'replace', path: '/owner' },
        ]),
        200,
      );
      expect(patched).toMatchObject({ segments: [second], description: 'Patched', owner: null });
      expect(expectStatus(await patch([{ op: 'remove', path: '/segments' }]), 200).segments).toBeNull();
    });

    test.each<[string, unknown, string]>([
      ['an object', { op: 'replace', path: '/name', value: 'x' }, 'a JSON Patch is an array of operations'],
      ['a text', 'name', 'The body is not JSON'],
      ['nothing', undefined, 'The request has no body'],
      ['an empty object', {}, 'a JSON Patch is an array of operations'],
      [
        "a field that is the source's",
        [{ op: 'replace', path: '/value', value: 'x' }],
        '"/value" cannot be patched. Patchable are /requestable',
      ],
      [
        'a field below it',
        [{ op: 'replace', path: '/attributes/id', value: 'x' }],
        '"/attributes/id" cannot be patched',
      ],
      ['an unknown field', [{ op: 'add', path: '/colour', value: 'x' }], '"/colour" cannot be patched'],
      ['the whole', [{ op: 'replace', path: '', value: {} }], 'cannot be patched'],
      ['a field by its prototype', [{ op: 'add', path: '/__proto__/x', value: 1 }], 'cannot be patched'],
      ['no pointer', [{ op: 'replace', path: 'name', value: 'x' }], 'It must be a JSON Pointer'],
      ['an unknown operator', [{ op: 'increment', path: '/name' }], '"increment"'],
      [
        'a failed test',
        [{ op: 'test', path: '/name', value: 'Wrong' }],
        'the test failed: the value is "Patched", not "Wrong".',
      ],
      [
        'a place that is not there',
        [{ op: 'remove', path: '/segments/0' }],
        '"/segments" is null and has no member "0".',
      ],
      [
        'a text for a boolean',
        [{ op: 'replace', path: '/requestable', value: 'true' }],
        'Field "requestable" is "true". It must',
      ],
      ['a number for a text', [{ op: 'replace', path: '/name', value: 7 }], 'Field "name" is 7. It must'],
      ['an empty name', [{ op: 'replace', path: '/name', value: '' }], 'Field "name"'],
      ['a text for segments', [{ op: 'replace', path: '/segments', value: unknownSegment }], 'Field "segments" is'],
      [
        'an unknown segment',
        [{ op: 'add', path: '/segments/-', value: unknownSegment }],
        `Referenced segment "${unknownSegment}"`,
      ],
      ['a segment that is no id', [{ op: 'add', path: '/segments/-', value: 7 }], 'Field "segments.0" is 7.'],
      ['an owner without id', [{ op: 'add', path: '/owner', value: { type: 'IDENTITY' } }], 'owner.id'],
      ['an owner of another type', [{ op: 'add', path: '/owner', value: { type: 'ROLE', id: 'x' } }], 'owner.type'],
      [
        'an unknown owner',
        [{ op: 'add', path: '/owner', value: { type: 'IDENTITY', id: 'nobody' } }],
        'Referenced owner "nobody" was not found.',
      ],
      [
        'one flag of two',
        [{ op: 'replace', path: '/manuallyUpdatedFields', value: { DISPLAY_NAME: true } }],
        'DESCRIPTION',
      ],
    ])('rejects %s, and changes nothing', async (_what, operations, reason) => {
      const before = await get();
      // The operations before the error are rolled back.
      const all = Array.isArray(operations)
        ? [{ op: 'replace', path: '/requestable', value: true }, ...operations]
        : operations;
      expect(refusal(await patch(all))).toEqual([400, expect.stringContaining(reason)]);
      expect(await get()).toEqual(before);
    });

    test('rejects the privilege field of the other entity, and an owner with a wrong name', async () => {
      const other = isNew ? { path: '/privileged', value: true } : { path: '/privilegeOverride/level', value: 'HIGH' };
      expect(refusal(await patch([{ op: 'replace', ...other }]))).toEqual([
        400,
        expect.stringContaining('cannot be patched'),
      ]);
      const own = isNew ? { path: '/privilegeOverride/level', value: 'TOP' } : { path: '/privileged', value: 'HIGH' };
      expect((await patch([{ op: 'replace', ...own }])).status).toBe(400);
      const owner = { type: 'IDENTITY', id: server().identityId, name: 'Somebody else' };
      expect(refusal(await patch([{ op: 'add', path: '/owner', value: owner }]))).toEqual([
        400,
        expect.stringContaining('Field "owner.name" is "Somebody else", but identity'),
      ]);
    });

    test('honours If-Match, and changes the ETag only if something has changed', async () => {
      const first = (await server().api.get(path())).headers.get('etag') ?? '';
      expect(first).toMatch(/^"\d+"$/);
      const change = [{ op: 'replace', path: '/requestable', value: true }];
      const changed = await patch(change, { 'if-match': first });
      const second = changed.headers.get('etag') ?? '';
      expect([changed.status, second === first]).toEqual([200, false]);
      const same = await patch(change);
      expect([same.headers.get('etag'), same.body]).toEqual([second, changed.body]);
      const late = await patch([{ op: 'replace', path: '/requestable', value: false }], { 'if-match': first });
      expect([late.body.detailCode, ...refusal(late)]).toEqual([
        '412 Precondition failed',
        412,
        `If-Match is ${first} but the current version is ${second}. Read the resource again and repeat the change.`,
      ]);
      expect((await get()).requestable).toBe(true);
      expect((await patch([], { 'if-match': '*' })).status).toBe(200);
      expect(refusal(await patch([], { 'if-match': 'latest' }))).toEqual([
        400,
        expect.stringContaining('an ETag from this server'),
      ]);
    });

    test('an unknown entitlement is a 404', async () => {
      for (const unknown of ['f'.repeat(32), 'x', '%F0%9F%A6%8A']) {
        const at = pathIn(family, `/entitlements/${unknown}`);
        expect((await server().api.get(at)).status, unknown).toBe(404);
        expect((await server().api.send('PATCH', at, [])).status, unknown).toBe(404);
        expect((await server().api.get(`${at}/parents`)).status, unknown).toBe(404);
        expect((await server().api.get(`${at}/children`)).status, unknown).toBe(404);
      }
    });
  });

  test('twenty concurrent patches all survive', async () => {
    const segments: string[] = [];
    while (segments.length < 20) {
      segments.push((await server().createSegment()).id);
    }
    const path = `/v2025/entitlements/${id}`;
    const answers = await Promise.all(
      segments.map((value) => server().api.send('PATCH', path, [{ op: 'add', path: '/segments/-', value }])),
    );
    expect(answers.map(({ status }) => status)).toEqual(segments.map(() => 200));
    const { body, headers } = await server().api.get(path);
    expect(body.segments.toSorted()).toEqual(segments.toSorted());
    expect(headers.get('etag')).toBe('"21"');
  });

  test('of twenty patches with the same If-Match exactly one succeeds', async () => {
    const path = `/v2025/entitlements/${id}`;
    const tag = (await server().api.get(path)).headers.get('etag') ?? '';
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        server().api.send('PATCH', path, [{ op: 'replace', path: '/name', value: `Name ${index}` }], {
          'if-match': tag,
        }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 19 }, () => 412)]);
  });
});
