import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { attributes, describeServer, expectStatus, queryOf, refusal, type ServerUnderTest } from './acceptance.ts';

const changesPath = '/muniment/v1/changes';
const pathOf = (id: string): string => `/muniment/v1/entitlements/${id}`;

/** An entitlement in a file, and a change by a user. */
interface Row {
  readonly id: string;
  readonly name: string;
  readonly privileged: string;
  readonly parent: string;
  readonly tags: readonly string[];
}
/** Accounts with their entitlements, including unlisted ones. */
type Accounts = Readonly<Record<string, readonly string[]>>;
type Step =
  | { readonly load: readonly Row[] }
  | { readonly accounts: Accounts }
  | { readonly patch: string; readonly operations: readonly object[] };

const values = ['a', 'b', 'c', 'd'];
const heldValues = [...values, 'unlisted'];

const row = (id: string): fc.Arbitrary<Row> =>
  fc.record({
    id: fc.constant(id),
    name: fc.constantFrom('', 'One', 'Two'),
    privileged: fc.constantFrom('', 'HIGH', 'LOW'),
    parent: fc.constantFrom('', ...values),
    tags: fc.uniqueArray(fc.constantFrom('x', 'y', 'z')),
  });

const load: fc.Arbitrary<Step> = fc
  .subarray(values, { minLength: 1 })
  .chain((ids) => fc.tuple(...ids.map(row)))
  .map((rows) => ({ load: rows }));

const accounts: fc.Arbitrary<Step> = fc.record({
  accounts: fc.dictionary(fc.constantFrom('one', 'two'), fc.subarray(heldValues), { minKeys: 1 }),
});

const replace = (path: string, value: fc.Arbitrary<unknown>): fc.Arbitrary<object> =>
  value.map((one) => ({ op: 'replace', path, value: one }));

const patch = (owner: object, segment: string): fc.Arbitrary<Step> =>
  fc.record({
    patch: fc.constantFrom(...heldValues),
    operations: fc.array(
      fc.oneof(
        replace('/requestable', fc.boolean()),
        replace('/name', fc.constantFrom('By hand', 'Otherwise')),
        replace('/description', fc.constantFrom('Some', 'Other', null)),
        replace('/manuallyUpdatedFields', fc.record({ DISPLAY_NAME: fc.boolean(), DESCRIPTION: fc.boolean() })),
        replace('/owner', fc.constantFrom(owner, null)),
        replace('/additionalOwners', fc.constantFrom([owner], null)),
        replace('/privilegeOverride/level', fc.constantFrom('HIGH', 'NONE', null)),
        replace('/segments', fc.constantFrom([segment], null)),
        replace(
          '/accessModelMetadata',
          fc.constantFrom({ attributes: [{ key: 'iscRisk', values: [{ value: 'high' }] }] }, null),
        ),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  });

const schema = {
  hierarchyAttribute: 'up',
  attributes: attributes('id', 'name', 'description', 'privileged', 'up', 'tags[]'),
};

function fileOf(rows: readonly Row[]): string {
  const lines = rows.flatMap(({ id, name, privileged, parent, tags }) =>
    (tags.length === 0 ? [''] : tags).map((tag) => [id, name, `About ${name}`, privileged, parent, tag].join(',')),
  );
  return ['id,name,description,privileged,up,tags', ...lines].join('\n');
}

function accountsFileOf(people: Accounts): string {
  const rows = Object.entries(people).flatMap(([id, held]) => ['', ...held].map((value) => `${id},${id},${value}`));
  return ['id,name,groups', ...rows].join('\n');
}

/** Returns the time of the latest change, by the server's clock. */
async function timeOfNewestChange(server: ServerUnderTest): Promise<string> {
  const [newest] = expectStatus(await server.api.get(`${changesPath}?limit=1`), 200);
  // The next change is made in another millisecond.
  await sleep(3);
  return newest.time;
}

const bodyOf = ({ status, body }: Answer): unknown =>
  status === 404 ? 404 : expectStatus({ status, body } as Answer, 200);

// getEntitlementState, listEntitlementHistory and listChanges
describeServer('history', (server) => {
  const get = (path: string): Promise<Answer> => server().api.get(path);
  const idsOf = async (source: { id: string }): Promise<Map<string, string>> =>
    new Map((await server().entitlementsOf(source)).map(({ id, value }) => [value, id]));

  test('the state as of any time of any loads and patches is the state at that time', async () => {
    const owner = { type: 'IDENTITY', id: server().identityId };
    const { id: segment } = expectStatus(await server().api.send('POST', '/v2025/segments', { name: 'South' }), 201);
    const anyStep = fc.oneof(
      { weight: 2, arbitrary: load },
      { weight: 2, arbitrary: accounts },
      { weight: 3, arbitrary: patch(owner, segment) },
    );
    const steps = fc.array(anyStep, { minLength: 2, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(load, steps, async (first, others) => {
        const source = await server().createSource({ deleteThreshold: 100 }, schema);
        const ids = new Map<string, string>();
        const before = await timeOfNewestChange(server());
        const moments: { at: string; states: Map<string, unknown> }[] = [];
        for (const step of [first, ...others]) {
          if ('load' in step) {
            await server().load(source, fileOf(step.load));
          } else if ('accounts' in step) {
            const task = await server().api.loadAccounts(source.id, accountsFileOf(step.accounts));
            expect(task).toMatchObject({ completionStatus: 'SUCCESS' });
          } else {
            const id = ids.get(step.patch) ?? 'none';
            const answer = await server().api.send('PATCH', `/v2026/entitlements/${id}`, step.operations);
            // 404: it does not exist now.
            expect([200, 404]).toContain(answer.status);
          }
          (await idsOf(source)).forEach((id, value) => ids.set(value, id));
          const at = await timeOfNewestChange(server());
          const states = new Map<string, unknown>();
          for (const id of ids.values()) {
            const now = await get(pathOf(id));
            states.set(id, bodyOf(now));
            const newer = await get(`/v2026/entitlements/${id}`);
            expect(newer.status).toBe(now.status);
            expect(newer.headers.get('etag')).toBe(now.headers.get('etag'));
            if (now.status === 200) {
              const { cloudGoverned: _governed, privilegeLevel, ...common } = newer.body;
              const { inherited: _inherited, effective: _effective, ...level } = privilegeLevel;
              expect(now.body).toMatchObject({ ...common, privilegeLevel: level });
              const older = expectStatus(await get(`/v2025/entitlements/${id}`), 200);
              expect(now.body.additionalOwners).toEqual(older.additionalOwners);
            }
          }
          moments.push({ at, states });
        }
        for (const [, id] of ids) {
          expect(refusal(await get(`${pathOf(id)}?at=${before}`))).toEqual([
            404,
            `There was no entitlement with id "${id}" at ${before}.`,
          ]);
          for (const { at, states } of moments) {
            expect([at, bodyOf(await get(`${pathOf(id)}?at=${at}`))]).toEqual([at, states.get(id) ?? 404]);
          }
          // Each version has a change record.
          const history = expectStatus(await get(`${pathOf(id)}/history`), 200);
          const changes = history.filter(({ kind }: { kind: string }) => kind !== 'deleted').length;
          const now = await get(pathOf(id));
          expect(now.status === 404 ? history[0].kind : now.headers.get('etag')).toBe(
            now.status === 404 ? 'deleted' : `"${changes}"`,
          );
        }
      }),
      { numRuns: 10 },
    );
  }, 120_000);

  test('the changes of an entitlement are listed, newest first, even after its deletion', async () => {
    const source = await server().createSource({ deleteThreshold: 100 });
    const file = 'id,name\nkept,Kept\n';
    const task = await server().load(source, `${file}gone,Name`);
    const id = (await idsOf(source)).get('gone') ?? '';
    const operations = [{ op: 'replace', path: '/requestable', value: true }];
    const patched = await server().api.send('PATCH', `/v2025/entitlements/${id}`, operations);
    expectStatus(patched, 200);
    const removal = await server().load(source, file);
    const back = await server().load(source, `${file}gone,Name`);
    const actor = { id: server().identityId, name: expect.any(String) };
    const common = { actor, clientId: server().clientId, trackingId: expect.any(String) };
    const truth = {
      value: 'gone',
      source: { type: 'SOURCE', id: source.id },
      sourceSchemaObjectType: 'group',
      fromSource: { name: 'Name', description: null, privilegeLevel: null },
    };
    const whole = {
      ...truth,
      manual: { name: null, description: null },
      manuallyUpdatedFields: { DISPLAY_NAME: false, DESCRIPTION: false },
      owner: null,
      privilegeOverride: { level: null, setBy: null },
      requestable: true,
    };
    const answer = await get(`${pathOf(id)}/history?count=true`);
    const history = expectStatus(answer, 200);
    expect(answer.headers.get('x-total-count')).toBe('4');
    expect(history).toEqual(
      [
        { ...common, kind: 'restored', taskId: back.id, before: null, after: expect.objectContaining(whole) },
        { ...common, kind: 'deleted', taskId: removal.id, before: expect.objectContaining(whole), after: null },
        {
          ...common,
          kind: 'updated',
          taskId: null,
          trackingId: patched.headers.get('slpt-request-id'),
          before: { requestable: false },
          after: { requestable: true },
        },
        {
          ...common,
          kind: 'created',
          taskId: task.id,
          before: null,
          after: expect.objectContaining(truth),
        },
      ].map((one) => ({ ...one, number: expect.any(Number), time: expect.any(String) })),
    );
    const second = await get(`${pathOf(id)}/history?limit=2&offset=1`);
    expect(expectStatus(second, 200)).toEqual(history.slice(1, 3));
    await server().load(source, file);
    expect((await get(pathOf(id))).status).toBe(404);
    expect(expectStatus(await get(`${pathOf(id)}/history`), 200).slice(1)).toEqual(history);
    // Its source has been deleted, so it has no name.
    const deletion = await server().api.send('DELETE', `/v2025/sources/${source.id}`);
    await server().api.waitForTask(expectStatus(deletion, 202).id);
    const past = expectStatus(await get(`${pathOf(id)}?at=${history[2].time}`), 200);
    expect(past).toMatchObject({ requestable: true, source: { type: 'SOURCE', id: source.id } });
    expect(past.source).not.toHaveProperty('name');
  });

  test('a deleted identity is still the owner in past states', async () => {
    const alias = `ida.${randomBytes(5).toString('hex')}x`;
    const people = await server().createSource({ authoritative: true });
    await server().api.loadAccounts(people.id, `id,name\n${alias},Ida Kern`);
    const [{ id: personId }] = expectStatus(
      await get(`/v2025/identities?${queryOf({ filters: `alias eq "${alias}"`, defaultFilter: 'NONE' })}`),
      200,
    );
    const source = await server().createSource();
    await server().load(source, 'id,name\na,A');
    const id = (await idsOf(source)).get('a') ?? '';
    const person = { type: 'IDENTITY', id: personId, name: 'Ida Kern' };
    const operations = [
      { op: 'replace', path: '/owner', value: person },
      { op: 'replace', path: '/additionalOwners', value: [person] },
    ];
    expectStatus(await server().api.send('PATCH', `/v2025/entitlements/${id}`, operations), 200);
    const state = expectStatus(await get(pathOf(id)), 200);
    expect(state).toMatchObject({ owner: person, additionalOwners: [person] });
    const at = await timeOfNewestChange(server());
    expectStatus(await server().api.send('DELETE', `/v2025/identities/${personId}`), 204);
    expect(expectStatus(await get(`${pathOf(id)}?at=${at}`), 200)).toEqual({
      ...state,
      owner: { type: 'IDENTITY', id: personId },
    });
    const now = await get(pathOf(id));
    expect(now.body).toMatchObject({ owner: null, additionalOwners: null });
    const history = expectStatus(await get(`${pathOf(id)}/history`), 200);
    expect(now.headers.get('etag')).toBe(`"${history.length}"`);
  });

  test('invalid requests are rejected', async () => {
    const none = 'f'.repeat(32);
    const absent = [404, `There is no entitlement with id "${none}".`];
    expect(refusal(await get(`${pathOf(none)}/history`))).toEqual(absent);
    expect(refusal(await get(pathOf(none)))).toEqual(absent);
    expect(refusal(await get(`${pathOf(none)}?at=2026-05-31`))).toEqual([
      404,
      `There was no entitlement with id "${none}" at 2026-05-31T00:00:00.000Z.`,
    ]);
    expect(refusal(await get(`${pathOf(none)}?at=2026-05-31T12:00:00+02:00`))).toEqual([
      400,
      'Parameter "at" is "2026-05-31T12:00:00 02:00". It must be a date and time such as 2026-01-31T12:00:00Z. In a URL, write the plus sign of a time zone as %2B.',
    ]);
    expect((await get(`${pathOf(none)}?at=yesterday`)).status).toBe(400);
    for (const filters of ['kind eq "renamed"', 'objectType eq "BOOK"', 'trackingId eq "x"', 'time eq 2026-01-01']) {
      expect([filters, (await get(`${changesPath}?${queryOf({ filters })}`)).status]).toEqual([filters, 400]);
    }
    expect(refusal(await get(`${changesPath}?sorters=time&searchAfter=2026-01-01`))[1]).toContain(
      'Send sorters=time,number.',
    );
    expect(refusal(await get(`${pathOf(none)}/history?filters=x`))).toEqual([
      400,
      'Parameter "filters" does not exist. Known are offset, limit and count.',
    ]);
  });

  test('all changes can be filtered and paged', async () => {
    const source = await server().createSource();
    const task = await server().load(source, 'id,name\na,A\nb,B\nc,C');
    const ids = await idsOf(source);
    const id = ids.get('b') ?? '';
    await timeOfNewestChange(server());
    const operations = [{ op: 'replace', path: '/requestable', value: true }];
    expectStatus(await server().api.send('PATCH', `/v2025/entitlements/${id}`, operations), 200);
    const changes = async (parameters: Record<string, string | number>): Promise<Answer['body'][]> =>
      expectStatus(await get(`${changesPath}?${queryOf(parameters)}`), 200);
    const summary = async (filters: string): Promise<unknown> => {
      const found = await changes({ filters });
      return found.map(({ kind, objectType, objectId }) => `${kind} ${objectType} ${objectId}`);
    };
    const updated = `updated ENTITLEMENT ${id}`;
    const created = ['c', 'b', 'a'].map((value) => `created ENTITLEMENT ${ids.get(value)}`);
    const [patched] = await changes({ filters: `objectId eq "${id}"` });
    const { time, number } = patched;
    const ours = `objectId in (${[...ids.values()].map((one) => `"${one}"`).join(',')})`;
    expect(await summary(`taskId eq "${task.id}" and objectType eq "ENTITLEMENT"`)).toEqual(created);
    expect(await summary(`objectType eq "ENTITLEMENT" and objectId eq "${id}"`)).toEqual([updated, created[1]]);
    expect(await summary(`objectType in ("SOURCE","entitlement") and ${ours}`)).toEqual([updated, ...created]);
    expect(await summary(`objectType eq "SOURCE" and objectId eq "${source.id}"`)).toContain(
      `created SOURCE ${source.id}`,
    );
    expect(await summary(`${ours} and kind eq "updated"`)).toEqual([updated]);
    expect(await summary(`${ours} and kind in ("created","deleted")`)).toEqual(created);
    expect(await summary(`${ours} and time ge ${time}`)).toEqual([updated]);
    expect(await summary(`${ours} and time gt ${time}`)).toEqual([]);
    expect(await summary(`${ours} and time le ${time}`)).toEqual([updated, ...created]);
    expect(await summary(`${ours} and time lt ${time}`)).toEqual(created);
    expect(await summary(`${ours} and number ge ${number}`)).toEqual([updated]);
    expect(await summary(`${ours} and actorId eq "${server().identityId}"`)).toEqual([updated, ...created]);
    expect(await summary(`${ours} and actorId eq "${'f'.repeat(32)}"`)).toEqual([]);
    expect(await summary(`${ours} and clientId eq "${server().clientId}"`)).toEqual([updated, ...created]);
    expect(await summary(`${ours} and not (kind eq "created")`)).toEqual([updated]);

    const numbers = (found: readonly { number: number }[]): number[] => found.map((one) => one.number);
    const all = numbers(await changes({ filters: ours }));
    for (const [sorters, expected] of [
      ['number', all.toReversed()],
      ['-number', all],
      ['time,number', all.toReversed()],
      ['-time,-number', all],
      ['-time', all],
    ] as const) {
      expect([sorters, numbers(await changes({ filters: ours, sorters }))]).toEqual([sorters, expected]);
      expect(numbers(await changes({ filters: ours, sorters, limit: 2, offset: 1 }))).toEqual(expected.slice(1, 3));
    }
    for (const [sorters, expected, valuesOf] of [
      ['number', all.toReversed(), (one: Answer['body']) => `${one.number}`],
      ['-time,-number', all, (one: Answer['body']) => `${one.time},${one.number}`],
    ] as const) {
      const read: number[] = [];
      let [last] = await changes({ filters: ours, sorters, limit: 1 });
      while (last !== undefined) {
        read.push(last.number);
        [last] = await changes({ filters: ours, sorters, limit: 1, searchAfter: valuesOf(last) });
      }
      expect([sorters, read]).toEqual([sorters, expected]);
    }
    const counted = await get(`${changesPath}?${queryOf({ filters: ours, count: true, limit: 0 })}`);
    expect([counted.body, counted.headers.get('x-total-count')]).toEqual([[], '4']);
  });
});
