import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnEngines, type EmptyDatabase } from '../../../tests/support/engines.ts';
import { addPerson } from '../../../tests/support/persons.ts';
import { administrator, startTestServer, type TestServer } from '../../../tests/support/server.ts';
import type { Answer } from '../../../tests/support/api-client.ts';
import { deleteChangesBefore } from '../../storage/changes/change-retention.ts';
import { openDatabase } from '../../storage/open-database.ts';

const path = '/v2025/historical-identities';

/** A person's history: accounts and entitlements come and go, and at last the person is deleted. */
describeOnEngines('identity history', (make) => {
  let empty: EmptyDatabase;
  let server: TestServer;
  let ada: string;
  let hr: string;
  let erp: string;
  /** Times between the steps. */
  const at: string[] = [];
  beforeAll(async () => {
    empty = await make();
    server = await startTestServer(empty);
    hr = await createSource('HR', true);
    erp = await createSource('ERP', false);
    await changed('PUT', `/v2025/sources/${erp}/correlation-config`, {
      attributeAssignments: [{ property: 'email', value: 'e-mail', operation: 'EQ' }],
    });
    const [schema] = (await get(`/v2025/sources/${erp}/schemas?include-names=account`)).body;
    const attribute = { name: 'IIQDisabled', type: 'STRING', isMulti: false, isEntitlement: false, isGroup: false };
    await changed('PATCH', `/v2025/sources/${erp}/schemas/${schema.id}`, [
      { op: 'add', path: '/attributes/-', value: attribute },
    ]);
    await mark();
    await loadPeople('ada,Ada Lovelace,Ada,Lovelace,ada@x.example,Law');
    [ada = ''] = (await get('/v2025/identities?filters=alias%20eq%20%22ada%22')).body.map(
      ({ id }: { id: string }) => id,
    );
    await mark();
    await loadAccounts('a1,Ada one,ada@x.example,readers', 'a1,Ada one,ada@x.example,writers');
    await mark();
    await loadAccounts('a1,Ada one,ada@x.example,readers', 'a2,Ada two,ada@x.example,readers');
    await mark();
    await loadPeople('ada,Ada King,Ada,King,ada@x.example,Law');
    await mark();
    await loadAccounts('a2,Ada two,ada@x.example,readers,true', 'b,Bob,bob@x.example,readers,false');
    await mark();
  });
  afterAll(async () => {
    await server.stop();
    await empty.remove();
  });

  async function createSource(name: string, authoritative: boolean): Promise<string> {
    const tokens = await server.api.get('/v2025/personal-access-tokens?owner-id=me');
    const owner = tokens.body.find(({ id }: { id: string }) => id === administrator.clientId).owner;
    const connector = 'delimited-file-angularsc';
    const made = await server.api.send('POST', '/v2025/sources', {
      name,
      connector,
      authoritative,
      deleteThreshold: 100,
      owner: { type: 'IDENTITY', id: owner.id },
    });
    return made.body.id;
  }
  async function load(source: string, header: string, rows: readonly string[]): Promise<void> {
    const task = await server.api.loadAccounts(source, `${header}\n${rows.join('\n')}\n`);
    expect(task).toMatchObject({ completionStatus: 'SUCCESS' });
  }
  const loadPeople = (...rows: string[]): Promise<void> =>
    load(hr, 'id,name,givenName,familyName,e-mail,location', rows);
  const loadAccounts = (...rows: string[]): Promise<void> =>
    load(
      erp,
      'id,name,e-mail,groups,IIQDisabled',
      rows.map((row) => (/(,.*){4}/.test(row) ? row : `${row},`)),
    );
  async function mark(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 5));
    at.push(new Date().toISOString());
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  async function changed(method: string, url: string, body: unknown): Promise<void> {
    expect((await server.api.send(method, url, body)).status).toBe(200);
  }
  const get = (url: string): Promise<Answer> => server.api.get(url);
  async function read(rest: string): Promise<Answer['body']> {
    const { status, body } = await get(`${path}/${ada}${rest}`);
    expect([status, body]).toEqual([200, expect.anything()]);
    return body;
  }
  /** The events as texts, such as `+ entitlement readers`. */
  function shown(events: Answer['body']): string[] {
    return events.map((event: Answer['body']) => {
      if (event.eventType === 'AttributesChanged') {
        return event.attributeChanges.map(({ name }: { name: string }) => name).join();
      }
      if (event.eventType === 'AccountStatusChanged') {
        return `${event.account.displayName} ${event.statusChange.previousStatus} ${event.statusChange.newStatus}`;
      }
      return `${event.eventType === 'AccessItemAssociated' ? '+' : '-'} ${event.accessItemType} ${event.accessItem.displayName}`;
    });
  }
  const refusal = ({ status, body }: Answer): [number, string] => [status, body.messages?.[0]?.text ?? body.error];

  test('events are what happened to the identity and its accounts, newest first', async () => {
    const all = await read('/events');
    expect(shown(all)).toEqual([
      '- account Ada one',
      'Ada two enabled disabled',
      'displayName,familyName,lastname,name',
      '+ account Ada two',
      '- entitlement writers',
      '+ account Ada one',
      '+ entitlement readers',
      '+ entitlement writers',
      '+ account Ada Lovelace',
    ]);
    expect(all[2].attributeChanges[1]).toEqual({ name: 'familyName', previousValue: 'Lovelace', newValue: 'King' });
    expect(all[4]).toMatchObject({
      identityId: ada,
      governanceEvent: null,
      accessItem: {
        accessType: 'entitlement',
        value: 'writers',
        type: 'group',
        attribute: 'groups',
        sourceName: 'ERP',
        privileged: false,
      },
    });
    for (const [query, wanted] of [
      ['eventTypes=AccessAddedEvent,AttributesChanged&accessItemTypes=', [2, 3, 5, 6, 7, 8]],
      ['eventTypes=AccessItemRemoved&eventTypes=AttributesChanged', [0, 2, 4]],
      ['accessItemTypes=entitlement', [4, 6, 7]],
      ['accessItemTypes=account,role&limit=2&offset=1', [1, 3]],
      ['eventTypes=IdentityCertified', []],
      [`from=${at[3]}`, [0, 1, 2]],
    ] as const) {
      expect(await read(`/events?${query}`), query).toEqual(wanted.map((index) => all[index]));
    }
    const counted = await get(`/v2026/historical-identities/${ada}/events?count=true&limit=0`);
    expect([counted.headers.get('x-total-count'), counted.body]).toEqual(['9', []]);
  });

  test('replaying the events results in the access at every time', async () => {
    const events = (await read('/events')).toReversed();
    for (const time of at.slice(1)) {
      const held = new Set<string>();
      for (const { dateTime, eventType, accessItem } of events) {
        if (dateTime > time || accessItem === undefined) {
          continue;
        }
        held[eventType === 'AccessItemAssociated' ? 'add' : 'delete'](accessItem.id);
      }
      const items = await read(`/snapshots/${time}/access-items`);
      expect(new Set(items.map(({ id }: { id: string }) => id)), time).toEqual(held);
    }
  });

  test('snapshots are the identity as of a time', async () => {
    const first = await read(`/snapshots/${at[2]}`);
    expect(first).toEqual({
      id: ada,
      displayName: 'Ada Lovelace',
      snapshot: expect.any(String),
      accessItemCount: { account: 2, entitlement: 2, app: 0, accessProfile: 0, role: 0 },
      attributes: expect.objectContaining({ lastname: 'Lovelace', uid: 'ada' }),
    });
    const last = await read('');
    expect(last).toMatchObject({ displayName: 'Ada King', accessItemCount: { account: 2, entitlement: 1 } });
    const times = (await read('/snapshots')).map(({ snapshot }: { snapshot: string }) => snapshot);
    expect(times).toEqual(times.toSorted().toReversed());
    expect(times[0]).toBe(last.snapshot);
    expect(times).toContain(first.snapshot);
    expect((await read(`/snapshots/${first.snapshot}`)).snapshot).toBe(first.snapshot);
    expect(await read(`/snapshots?start=${at[3]}`)).toHaveLength(3);
    expect(await read(`/snapshots?start=${at[3]}&interval=day&limit=1&offset=1`)).toHaveLength(1);
    expect(await read('/snapshots?start=2020-01-01&interval=month')).toEqual([]);
    expect(await read(`/snapshots/${at[3]}/access-items?type=access_profile`)).toEqual([]);
    expect(await read(`/snapshots/${at[2]}/access-items?type=entitlement`)).toHaveLength(2);
    expect(refusal(await get(`${path}/${ada}/snapshots/${at[0]}`))).toEqual([
      404,
      expect.stringContaining('There was no'),
    ]);
    expect(Date.parse(await read('/start-date'))).toBeLessThan(Date.parse(at[1] ?? ''));
  });

  test('the events are counted by day and month', async () => {
    const today = new Date().toISOString().slice(0, 10);
    expect(await read('/snapshot-summary?interval=day')).toEqual([{ name: today, value: 9 }]);
    expect(await read(`/snapshot-summary?before=${at[2]}`)).toEqual([{ name: today.slice(0, 7), value: 4 }]);
    const [first] = await read('/snapshot-summary?interval=day&time-zone=Pacific/Kiritimati');
    expect(first.name).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  test('comparisons count and list what was gained and lost', async () => {
    const query = `snapshot1=${at[2]}&snapshot2=${at[5]}`;
    const counts = await read(`/compare?${query}`);
    expect(counts.slice(0, 3)).toEqual([
      { accessItemDiff: { account: { added: 1, removed: 1 } } },
      { accessItemDiff: { entitlement: { added: 0, removed: 1 } } },
      { accessItemDiff: { app: { added: 0, removed: 0 } } },
    ]);
    expect(await read(`/compare?${query}&accessItemTypes=entitlement`)).toEqual([counts[1]]);
    const accounts = await read(`/compare/account?${query}`);
    expect(accounts).toMatchObject([
      { eventType: 'ADD', displayName: 'Ada two', sourceName: 'ERP' },
      { eventType: 'REMOVE', displayName: 'Ada one' },
    ]);
    expect(await read(`/compare/account?${query}&access-associated=false`)).toEqual([accounts[1]]);
    expect(await read(`/compare/account?${query}&access-associated=true&limit=1`)).toEqual([accounts[0]]);
    expect(await read(`/compare/entitlement?snapshot1=${at[5]}&snapshot2=${at[2]}`)).toMatchObject([
      { eventType: 'ADD', displayName: 'writers' },
    ]);
    expect(await read(`/compare/entitlement?snapshot1=2001-01-01&snapshot2=${at[2]}`)).toHaveLength(2);
  });

  test('access items are listed, in beta with filters, sorters and a search', async () => {
    expect((await read('/access-items')).map(({ displayName }: { displayName: string }) => displayName)).toEqual([
      'Ada King',
      'Ada two',
    ]);
    const beta = `/beta/historical-identities/${ada}/access-items`;
    for (const [query, wanted] of [
      ['type=account&sorters=-name&count=true', ['Ada two', 'Ada King']],
      ['type=account&filters=source eq "erp"', ['Ada two']],
      ['type=account&filters=not (source eq "erp")', ['Ada King']],
      ['type=account&query=KING', ['Ada King']],
      ['type=entitlement&filters=privileged eq false and attribute eq "groups"', ['readers']],
      ['type=entitlement&filters=standalone eq false or cloudGoverned eq true', []],
      ['type=role', []],
    ] as const) {
      const { status, body } = await get(`${beta}?${query.replaceAll('"', '%22').replaceAll(' ', '%20')}`);
      expect([status, body.map(({ displayName }: { displayName: string }) => displayName)], query).toEqual([
        200,
        wanted,
      ]);
    }
    expect((await get(`${path}/${ada}/access-items?filters=source%20eq%20%22x%22`)).status).toBe(400);
  });

  test('invalid requests are rejected with the reason', async () => {
    for (const [rest, reason] of [
      ['/events?from=soon', 'Parameter "from" is "soon"'],
      ['/events?eventTypes=Birth', '"eventTypes.0" is "Birth"'],
      ['/snapshots?interval=day', 'Send start as well'],
      ['/snapshots?start=2026-01-01&interval=week', 'day, month'],
      ['/snapshots/yesterday', 'Parameter "date"'],
      ['/snapshot-summary?time-zone=Mars', 'Europe/Zurich'],
      ['/compare', '"snapshot1" and "snapshot2" are required'],
      ['/compare/account?snapshot1=2026-01-01', 'are required'],
      ['/compare/car?snapshot1=2026-01-01&snapshot2=2026-02-01', 'must be one of account'],
      ['/access-items?type=car', 'must be one of account'],
    ] as const) {
      expect(refusal(await get(`${path}/${ada}${rest}`)), rest).toEqual([400, expect.stringContaining(reason)]);
    }
    const ask = `snapshot1=${at[1]}&snapshot2=${at[2]}`;
    for (const id of ['x', 'f'.repeat(32), '%00']) {
      for (const rest of [
        '',
        '/events',
        '/snapshots',
        `/snapshots/${at[1]}`,
        '/start-date',
        '/access-items',
        `/compare?${ask}`,
      ]) {
        expect((await get(`${path}/${id}${rest}`)).status, `${id}${rest}`).toBe(404);
      }
    }
  });

  test('identities are listed with the deleted ones, whose history remains', async () => {
    const zoe = await addPerson(server, empty, 'Zoe Wolf', []);
    const list = async (query: string): Promise<string[]> => {
      const { status, body } = await get(`${path}?${query}`);
      expect([status, body]).toEqual([200, expect.anything()]);
      return body.map(({ displayName }: { displayName: string }) => displayName);
    };
    expect(await list('starts-with-query=KI')).toEqual(['Ada King']);
    expect(refusal(await get(`${path}/${zoe.id}/events`))[0]).toBe(200);
    const before = await read('');
    expect((await server.api.send('DELETE', `/v2025/identities/${zoe.id}`)).status).toBe(204);
    expect((await server.api.send('DELETE', `/v2025/identities/${ada}`)).status).toBe(204);
    expect(await list('is-deleted=true')).toEqual(['Ada King', 'Zoe Wolf']);
    expect(await list('is-deleted=false')).toEqual(['Administrator']);
    expect(await list('')).toEqual(['Administrator', 'Ada King', 'Zoe Wolf']);
    expect(await list('is-active=true')).toEqual(['Administrator']);
    expect(await list('is-active=false')).toEqual(['Ada King', 'Zoe Wolf']);
    expect(await list('starts-with-query=zoe&count=true')).toEqual(['Zoe Wolf']);
    expect(await list('limit=1&offset=2')).toEqual(['Zoe Wolf']);
    expect(await list('limit=1&offset=0')).toEqual(['Administrator']);
    expect((await get(`${path}?count=true&limit=0`)).headers.get('x-total-count')).toBe('3');
    const { body } = await get(`${path}?starts-with-query=king`);
    expect(body).toEqual([
      {
        id: ada,
        displayName: 'Ada King',
        firstName: 'Ada',
        lastName: 'King',
        active: false,
        deletedDate: expect.any(String),
      },
    ]);
    expect(await read('')).toEqual({ ...before, deletedDate: body[0].deletedDate });
    expect(shown(await read('/events?eventTypes=AccessItemRemoved'))).toEqual([
      '- account Ada King',
      '- account Ada two',
      '- entitlement readers',
      '- account Ada one',
      '- entitlement writers',
    ]);
    expect(await read('/access-items')).toHaveLength(2);
    expect(refusal(await get(`${path}/${ada}/snapshots/2100-01-01`))).toEqual([
      404,
      expect.stringContaining('There was no'),
    ]);
    expect((await read(`/snapshots/${at[2]}`)).displayName).toBe('Ada Lovelace');
  });

  test('after its source was deleted, access is shown by what the accounts held', async () => {
    const { body } = await server.api.send('DELETE', `/v2025/sources/${erp}`);
    expect(await server.api.waitForTask(body.id)).toMatchObject({ completionStatus: 'SUCCESS' });
    const items = await read(`/snapshots/${at[2]}/access-items?type=entitlement`);
    expect(items).toMatchObject([
      { value: 'readers', displayName: 'readers', sourceName: 'ERP', attribute: null },
      { value: 'writers', displayName: 'writers', sourceName: 'ERP' },
    ]);
    expect(items[0]).not.toHaveProperty('id');
    expect(await read(`/compare/entitlement?snapshot1=${at[2]}&snapshot2=${at[4]}`)).toMatchObject([
      { eventType: 'REMOVE', displayName: 'writers' },
    ]);
  });

  test('a time before the kept changes is refused', async () => {
    const database = await openDatabase({ url: empty.url, readers: 0 });
    try {
      const time = Date.parse(at[2] ?? '');
      await database.write((transaction) => deleteChangesBefore(transaction, time, 10_000));
      for (const rest of [`/snapshots/${at[1]}`, `/compare?snapshot1=${at[1]}&snapshot2=${at[3]}`]) {
        expect(refusal(await get(`${path}/${ada}${rest}`))).toEqual([
          404,
          expect.stringContaining('no longer recorded'),
        ]);
      }
      expect((await read(`/snapshots/${at[3]}`)).displayName).toBe('Ada Lovelace');
      expect(await read('/events')).not.toEqual([]);
    } finally {
      await database.close();
    }
  });
});
