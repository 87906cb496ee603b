import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { addPerson } from '../support/persons.ts';
import { describeOwnServer, describeServer, expectStatus, pathIn, queryOf, refusal } from './acceptance.ts';

/** The families that have connections. The SDK has none of them. */
const families = ['v2026', 'v1'] as const;
const connections = '/entitlement-connections';

const unique = (name: string): string => `${name}.${randomBytes(5).toString('hex')}x`;
const setType = (value: unknown): object[] => [{ op: 'replace', path: '/type', value }];

describeServer('entitlement connections', (server) => {
  const [ann, bob] = [unique('ann'), unique('bob')];
  let source: { id: string; name: string };
  /** The connections of the source, by the names of the account and the entitlement. */
  let known: Record<string, Answer['body']>;
  let identity: string;

  const list = async (query: Record<string, string | number | boolean>, path = connections): Promise<Answer> =>
    server().api.get(`${pathIn('v2026', path)}?${queryOf({ limit: 250, ...query })}`);
  const found = async (filters: string, sorters = 'account.name,entitlement.displayName'): Promise<string[]> => {
    const rows = expectStatus(await list({ filters: `source.id eq "${source.id}" and (${filters})`, sorters }), 200);
    return rows.map(nameOf);
  };
  const nameOf = (row: Answer['body']): string => `${row.account.name} ${row.entitlement.displayName}`;
  const one = async (name: string): Promise<Answer['body']> =>
    expectStatus(await list({ filters: `account.id eq "${known[name].account.id}"` }), 200).find(
      (row: Answer['body']) => nameOf(row) === name,
    );

  beforeAll(async () => {
    source = await server().createSource({ authoritative: true });
    await server().load(source, 'id,name,description\nadmins,Administrators,May do everything\npay,Payroll,\n');
    const rows = [`${ann},Ann,Ann,Berg,,,,admins`, `${ann},Ann,Ann,Berg,,,,pay`, `${bob},Bob,Bob,Carr,,,,pay`];
    const file = ['id,name,givenName,familyName,e-mail,location,manager,groups', ...rows, ''].join('\n');
    await server().api.loadAccounts(source.id, file);
    const shown = expectStatus(await list({ filters: `source.id eq "${source.id}"` }), 200);
    known = Object.fromEntries(shown.map((row: Answer['body']) => [nameOf(row), row]));
    identity = known['Ann Payroll'].identity.id;
  });

  test.each(families)('listEntitlementConnections in %s', async (family) => {
    expect(Object.keys(known).toSorted()).toEqual(['Ann Administrators', 'Ann Payroll', 'Bob Payroll']);
    const query = queryOf({ filters: `account.id eq "${known['Ann Payroll'].account.id}"`, count: true, limit: 1 });
    const answer = await server().api.get(`${pathIn(family, connections)}?${query}`);
    expect(answer.headers.get('x-total-count')).toBe('2');
    const [row] = expectStatus(answer, 200);
    expect(row).toEqual({
      id: `${row.account.id}:${row.entitlement.id}`,
      identity: { type: 'IDENTITY', id: identity, name: 'Ann', alias: ann },
      account: { id: row.account.id, name: 'Ann', nativeIdentity: ann },
      entitlement: known[nameOf(row)].entitlement,
      source: { id: source.id, name: source.name },
      standalone: true,
      type: 'STANDING',
    });
    expect(known['Ann Administrators'].entitlement).toEqual({
      id: expect.stringMatching(/^[\da-f]{32}$/),
      name: 'Administrators',
      displayName: 'Administrators',
      description: 'May do everything',
      attribute: 'groups',
      value: 'admins',
      sourceSchemaObjectType: 'group',
      privilegeLevel: { effective: 'NONE' },
    });
    expect(known['Ann Payroll'].entitlement).not.toHaveProperty('description');
    const nothing = await server().api.get(`${pathIn(family, connections)}?${query.replace('limit=1', 'limit=0')}`);
    expect([nothing.headers.get('x-total-count'), nothing.body]).toEqual(['2', []]);
  });

  test('filters select who holds what', async () => {
    const [administrators, payroll] = ['Ann Administrators', 'Ann Payroll'].map((name) => known[name].entitlement.id);
    const all = ['Ann Administrators', 'Ann Payroll', 'Bob Payroll'];
    for (const [filters, names] of [
      [`entitlement.id eq "${payroll}"`, ['Ann Payroll', 'Bob Payroll']],
      [`entitlement.id in ("${administrators}","none")`, ['Ann Administrators']],
      [`identity.id eq "${identity}"`, ['Ann Administrators', 'Ann Payroll']],
      ['identity.name co "OB"', ['Bob Payroll']],
      ['account.name in ("BOB")', ['Bob Payroll']],
      [`source.name eq "${source.name.toUpperCase()}"`, all],
      ['entitlement.attribute eq "Groups"', all],
      ['entitlement.value co "dmin"', ['Ann Administrators']],
      ['entitlement.privilegeLevel.effective eq "NONE" and not entitlement.value eq "pay"', ['Ann Administrators']],
      ['type eq "JIT"', []],
      ['standalone eq true', all],
      ['standalone eq false or state.value eq "ACTIVE" or jit.expiration gt 2020-01-01T00:00:00Z', []],
    ] as const) {
      expect(await found(filters), filters).toEqual(names);
    }
  });

  test('every sorter orders, and searchAfter continues from any connection', async () => {
    const fields = ['account.name', 'entitlement.displayName', 'identity.name', 'type', 'standalone', 'jit.activation'];
    const values = (row: Answer['body'], sorter: string): unknown =>
      sorter.split('.').reduce((at, step) => Object(at)[step], row) ?? '';
    for (const field of fields) {
      for (const sign of ['', '-']) {
        const query = { filters: `source.id eq "${source.id}"`, sorters: `${sign}${field},${sign}id` };
        const whole = expectStatus(await list(query), 200);
        expect(whole).toHaveLength(3);
        const inPages: Answer['body'][] = [];
        for (let after: object = {}; inPages.length < 3;) {
          const page = expectStatus(await list({ ...query, limit: 1, ...after }), 200);
          inPages.push(...page);
          after = { searchAfter: [values(page[0], field), page[0].id].join(',') };
        }
        expect(inPages, field).toEqual(whole);
      }
    }
    expect(await found('type eq "STANDING"', '-identity.name,entitlement.displayName')).toEqual([
      'Bob Payroll',
      'Ann Administrators',
      'Ann Payroll',
    ]);
  });

  test('what the lists do not know is refused by name', async () => {
    expect(refusal(await list({ filters: 'entitlement.name eq "x"' }))).toEqual([
      400,
      expect.stringContaining('"entitlement.name"'),
    ]);
    expect(refusal(await list({ filters: 'type eq "OTHER"' }))[1]).toContain('"JIT", "STANDING", "NA"');
    expect(refusal(await list({ sorters: 'entitlement.value' }))[1]).toContain('entitlement.displayName');
    expect(refusal(await list({ limit: 251 }))[0]).toBe(400);
  });

  describe.each(families)('%s', (family) => {
    const path = pathIn(family, connections);

    test('patchEntitlementConnectionById', async () => {
      const { id, account, entitlement } = known['Ann Payroll'];
      const jit = await server().api.send('PATCH', `${path}/${id}`, setType('JIT'));
      expect(expectStatus(jit, 200)).toEqual({
        connectionId: id,
        identityId: identity,
        accountId: account.id,
        entitlementId: entitlement.id,
        sourceId: source.id,
        standalone: true,
        attributeName: 'groups',
        attributeValue: 'pay',
        type: 'JIT',
        modified: expect.stringMatching(/^20\d\d-.*Z$/),
      });
      expect(await one('Ann Payroll')).toMatchObject({ type: 'JIT' });
      expect(await found('type eq "JIT"')).toEqual(['Ann Payroll']);
      expect(await found('type in ("STANDING","NA")')).toEqual(['Ann Administrators', 'Bob Payroll']);
      const etag = jit.headers.get('etag') ?? '';
      const same = await server().api.send('PATCH', `${path}/${id}`, setType('JIT'), { 'if-match': etag });
      expect([same.status, same.headers.get('etag')]).toEqual([200, etag]);
      const stale = await server().api.send('PATCH', `${path}/${id}`, setType('STANDING'), { 'if-match': '"0"' });
      expect(stale.status).toBe(412);
      const back = await server().api.send('PATCH', `${path}/${id}`, setType('STANDING'), { 'if-match': etag });
      expect(expectStatus(back, 200)).toMatchObject({ type: 'STANDING' });
      expect(back.headers.get('etag')).not.toBe(etag);
    });

    test('patchEntitlementConnectionByQuery', async () => {
      const { account, entitlement } = known['Bob Payroll'];
      const ids = {
        entitlementId: entitlement.id,
        identityId: known['Bob Payroll'].identity.id,
        accountId: account.id,
      };
      const dashed = (id: string): string => id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
      const changed = await server().api.send('PATCH', `${path}?${queryOf(ids)}`, setType('JIT'));
      expect(expectStatus(changed, 200)).toMatchObject({ type: 'JIT', accountId: account.id });
      const query = queryOf({ ...ids, accountId: dashed(ids.accountId), entitlementId: dashed(ids.entitlementId) });
      const back = await server().api.send('PATCH', `${path}?${query}`, setType('STANDING'));
      expect(expectStatus(back, 200)).toMatchObject({ type: 'STANDING' });
      const ofAnn = queryOf({ ...ids, identityId: identity });
      expect(refusal(await server().api.send('PATCH', `${path}?${ofAnn}`, setType('JIT')))).toEqual([
        404,
        `There is no connection of entitlement "${ids.entitlementId}", identity "${identity}" and account "${ids.accountId}".`,
      ]);
      for (const missing of Object.keys(ids)) {
        const others = queryOf(Object.fromEntries(Object.entries(ids).filter(([name]) => name !== missing)));
        const [status, text] = refusal(await server().api.send('PATCH', `${path}?${others}`, setType('JIT')));
        expect([status, text]).toEqual([400, expect.stringContaining(missing)]);
      }
    });

    test('updateEntitlementConnectionsBulk', async () => {
      const [first, second] = [known['Ann Administrators'].id, known['Bob Payroll'].id];
      const change = (...items: (readonly [id: string, type: string])[]): Promise<Answer> =>
        server().api.send(
          'POST',
          path,
          items.map(([connectionId, type]) => ({ connectionId, type })),
        );
      const answer = await change(
        [first, 'JIT'],
        ['none', 'JIT'],
        [second, 'STANDING'],
        [second, 'JIT'],
        [`${first}\0`, 'JIT'],
      );
      const success = { type: 'JIT', status: 201, description: 'success' };
      const missing = { type: 'JIT', status: 404, description: 'There is no such connection.' };
      expect(expectStatus(answer, 207)).toEqual([
        { connectionId: first, ...success },
        { connectionId: 'none', ...missing },
        { connectionId: second, ...success, type: 'STANDING' },
        { connectionId: second, ...success },
        { connectionId: `${first}\0`, ...missing },
      ]);
      expect(await found('type eq "JIT"')).toEqual(['Ann Administrators', 'Bob Payroll']);
      expectStatus(await change([first, 'STANDING'], [second, 'STANDING']), 207);
      expect(await found('type eq "JIT"')).toEqual([]);
      expect(expectStatus(await change(), 207)).toEqual([]);
      expect(refusal(await change([first, 'NA']))).toEqual([400, expect.stringContaining('JIT')]);
      const [status, text] = refusal(await change(...Array.from({ length: 101 }, () => [first, 'JIT'] as const)));
      expect([status, text]).toEqual([
        400,
        'The request has 101 changes. At most 100 are allowed: send several requests.',
      ]);
      expect(await found('type eq "JIT"')).toEqual([]);
    });
  });

  test('a patch cannot change anything else, and an unknown connection is not found', async () => {
    const patch = (id: string, body: unknown): Promise<Answer> =>
      server().api.send('PATCH', `/v2026${connections}/${id}`, body);
    const { id, entitlement } = known['Ann Payroll'];
    for (const [body, reason] of [
      [[{ op: 'replace', path: '/standalone', value: false }], 'Patchable are /type.'],
      [setType('NA'), 'JIT'],
      [[{ op: 'remove', path: '/type' }], 'type'],
      [[{ op: 'test', path: '/attributeValue', value: 'other' }, ...setType('JIT')], 'attributeValue'],
    ] as const) {
      expect(refusal(await patch(id, body)), JSON.stringify(body)).toEqual([400, expect.stringContaining(reason)]);
    }
    expect((await one('Ann Payroll')).type).toBe('STANDING');
    expect(refusal(await patch('none', setType('JIT')))).toEqual([
      404,
      'There is no entitlement connection with id "none".',
    ]);
    // Both exist, but Bob is no administrator.
    const other = `${known['Bob Payroll'].account.id}:${known['Ann Administrators'].entitlement.id}`;
    expect(refusal(await patch(other, setType('JIT')))).toEqual([
      404,
      `There is no entitlement connection with id "${other.slice(0, 60)}…".`,
    ]);
    expect((await patch(`${entitlement.id}%00:x`, setType('JIT'))).status).toBe(404);
  });

  test('changes are in the change record, and connections survive a membership that returns', async () => {
    const { id, account, entitlement } = known['Ann Administrators'];
    expectStatus(await server().api.send('PATCH', `/v2026${connections}/${id}`, setType('JIT')), 200);
    const load = async (groups: string): Promise<void> => {
      const file = `id,name,givenName,familyName,e-mail,location,manager,groups\n${ann},Ann,Ann,Berg,,,,${groups}\n${bob},Bob,Bob,Carr,,,,pay\n`;
      expect(await server().api.loadAccounts(source.id, file)).toMatchObject({ completionStatus: 'SUCCESS' });
    };
    await load('pay');
    expect(await found('entitlement.value eq "admins"')).toEqual([]);
    expect((await server().api.send('PATCH', `/v2026${connections}/${id}`, setType('JIT'))).status).toBe(404);
    await load('admins');
    expect(await one('Ann Administrators')).toMatchObject({ id, type: 'JIT' });
    const query = queryOf({
      filters: `objectType eq "CONNECTION" and objectId eq "${id}"`,
      sorters: '-number',
      limit: 1,
    });
    const [change] = expectStatus(await server().api.get(`/muniment/v1/changes?${query}`), 200);
    const recorded = change.kind === 'created' ? { accountId: account.id, entitlementId: entitlement.id } : {};
    expect(change).toMatchObject({ actor: { id: server().identityId }, after: { ...recorded, type: 'JIT' } });
  });
});

describeOwnServer('connections of the current identity', {}, (server) => {
  test.each(families)('listEntitlementConnectionsForCurrentIdentity in %s', async (family) => {
    const person = await addPerson(server(), server().database, 'Cleo Dorn', []);
    const source = await server().createSource();
    const body = { attributeAssignments: [{ property: 'alias', value: 'id', operation: 'EQ' }] };
    expectStatus(await server().api.send('PUT', `/v2025/sources/${source.id}/correlation-config`, body), 200);
    const rows = [`${person.id},Cleo,,,,,,staff`, `${person.id},Cleo,,,,,,pay`, 'other,Other,,,,,,pay'];
    const file = ['id,name,givenName,familyName,e-mail,location,manager,groups', ...rows, ''].join('\n');
    expect(await server().api.loadAccounts(source.id, file)).toMatchObject({ completionStatus: 'SUCCESS' });
    const path = pathIn(family, `${connections}/current-identity`);
    const held = async (query: Record<string, string>): Promise<string[]> =>
      expectStatus(await person.api.get(`${path}?${queryOf(query)}`), 200).map(
        ({ account, entitlement }: Answer['body']) => `${account.name} ${entitlement.value}`,
      );
    expect(await held({ sorters: 'entitlement.displayName' })).toEqual(['Cleo pay', 'Cleo staff']);
    expect(await held({ filters: 'entitlement.value eq "pay" or account.name eq "Other"' })).toEqual(['Cleo pay']);
    expect(await held({ filters: `identity.id eq "${server().identityId}"` })).toEqual([]);
    expect((await person.api.get(`${pathIn(family, connections)}`)).status).toBe(403);
    const listed = await server().api.get(
      `${pathIn(family, connections)}?${queryOf({ filters: 'account.name eq "other"' })}`,
    );
    for (const row of expectStatus(listed, 200)) {
      expect(row).not.toHaveProperty('identity');
    }
  });
});
