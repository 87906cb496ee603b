import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../../src/api/operations.ts';
import { factsFor } from '../../src/api/operation.ts';
import { type ApiClient } from '../support/api-client.ts';
import { addPerson, type Person } from '../support/persons.ts';
import { describeOwnServer, expectStatus, form, queryOf, refusal } from './acceptance.ts';

/** What belongs to one source. */
interface Belongings {
  readonly source: string;
  readonly schema: string;
  readonly account: string;
  readonly entitlement: string;
  readonly task: string;
}

interface Door {
  readonly operationId: string;
  readonly method: string;
  readonly path: (of: Belongings) => string;
  readonly body?: unknown;
  /** The status for an object of a source that it manages: 200, if not another. */
  readonly status?: number;
}

/** Every operation that a SOURCE_SUBADMIN may use on an object of a source, with a request. */
const doors: readonly Door[] = [
  { operationId: 'getSource', method: 'GET', path: ({ source }) => `/v2025/sources/${source}` },
  { operationId: 'updateSource', method: 'PATCH', path: ({ source }) => `/v2025/sources/${source}`, body: [] },
  { operationId: 'getSourceSchemas', method: 'GET', path: ({ source }) => `/v2025/sources/${source}/schemas` },
  {
    operationId: 'getSourceSchema',
    method: 'GET',
    path: ({ source, schema }) => `/v2025/sources/${source}/schemas/${schema}`,
  },
  {
    operationId: 'getAccountsSchema',
    method: 'GET',
    path: ({ source }) => `/v2025/sources/${source}/schemas/accounts`,
  },
  {
    operationId: 'getEntitlementsSchema',
    method: 'GET',
    path: ({ source }) => `/v2025/sources/${source}/schemas/entitlements`,
  },
  {
    operationId: 'getCorrelationConfig',
    method: 'GET',
    path: ({ source }) => `/v2025/sources/${source}/correlation-config`,
  },
  {
    operationId: 'putCorrelationConfig',
    method: 'PUT',
    path: ({ source }) => `/v2025/sources/${source}/correlation-config`,
    body: {},
  },
  {
    operationId: 'getIdentityMapping',
    method: 'GET',
    path: ({ source }) => `/muniment/v1/sources/${source}/identity-mapping`,
  },
  {
    operationId: 'putIdentityMapping',
    method: 'PUT',
    path: ({ source }) => `/muniment/v1/sources/${source}/identity-mapping`,
    body: { attributes: {}, lifecycleStates: {} },
  },
  {
    operationId: 'getSourceConnections',
    method: 'GET',
    path: ({ source }) => `/v2025/sources/${source}/connections`,
  },
  {
    operationId: 'listPasswordPolicyHoldersOnSource',
    method: 'GET',
    path: ({ source }) => `/v2025/sources/${source}/password-policies`,
  },
  {
    operationId: 'updatePasswordPolicyHolders',
    method: 'PATCH',
    path: ({ source }) => `/v2025/sources/${source}/password-policies`,
    body: [],
  },
  { operationId: 'getSourceHealth', method: 'GET', path: ({ source }) => `/v2025/sources/${source}/source-health` },
  { operationId: 'getSourceSchedules', method: 'GET', path: ({ source }) => `/v2025/sources/${source}/schedules` },
  // Sources that read files have no schedules.
  {
    operationId: 'createSourceSchedule',
    method: 'POST',
    path: ({ source }) => `/v2025/sources/${source}/schedules`,
    body: { type: 'ACCOUNT_AGGREGATION', cronExpression: '0 0 5 ? * *' },
    status: 400,
  },
  { ...scheduleDoor('GET'), operationId: 'getSourceSchedule' },
  {
    ...scheduleDoor('PATCH'),
    operationId: 'updateSourceSchedule',
    body: [{ op: 'replace', path: '/cronExpression', value: '0 0 6 ? * *' }],
    status: 400,
  },
  { ...scheduleDoor('DELETE'), operationId: 'deleteSourceSchedule' },
  {
    operationId: 'putProvisioningPolicy',
    method: 'PUT',
    path: ({ source }) => `/v2025/sources/${source}/provisioning-policies/CREATE`,
    body: { name: 'Policy', usageType: 'CREATE', fields: [] },
  },
  {
    operationId: 'getProvisioningPolicy',
    method: 'GET',
    path: ({ source }) => `/v2025/sources/${source}/provisioning-policies/CREATE`,
  },
  {
    operationId: 'updateProvisioningPolicy',
    method: 'PATCH',
    path: ({ source }) => `/v2025/sources/${source}/provisioning-policies/CREATE`,
    body: [],
  },
  { ...requestConfigDoor('GET', 'v2025', 'entitlement'), operationId: 'getEntitlementRequestConfig' },
  { ...requestConfigDoor('PUT', 'v2025', 'entitlement'), operationId: 'putEntitlementRequestConfig', body: {} },
  { ...requestConfigDoor('GET', 'v2025', 'source'), operationId: 'getSourceEntitlementRequestConfig' },
  { ...requestConfigDoor('PUT', 'v2025', 'source'), operationId: 'updateSourceEntitlementRequestConfig', body: {} },
  { ...requestConfigDoor('GET', 'muniment/v1', 'entitlement'), operationId: 'getEntitlementRequestConfigOrigins' },
  { ...requestConfigDoor('DELETE', 'muniment/v1', 'entitlement'), operationId: 'deleteEntitlementRequestConfig' },
  { ...requestConfigDoor('GET', 'muniment/v1', 'source'), operationId: 'getSourceEntitlementRequestConfigOrigins' },
  { ...requestConfigDoor('DELETE', 'muniment/v1', 'source'), operationId: 'deleteSourceEntitlementRequestConfig' },
  // The task has ended.
  {
    operationId: 'updateTaskStatus',
    method: 'PATCH',
    path: ({ task }) => `/v2025/task-status/${task}`,
    body: [{ op: 'replace', path: '/completionStatus', value: 'TERMINATED' }],
    status: 400,
  },
  { operationId: 'getAccount', method: 'GET', path: ({ account }) => `/v2025/accounts/${account}` },
  {
    operationId: 'getAccountEntitlements',
    method: 'GET',
    path: ({ account }) => `/v2025/accounts/${account}/entitlements`,
  },
  ...accountDoors(),
  {
    operationId: 'getTaggedObject',
    method: 'GET',
    path: ({ entitlement }) => `/v2025/tagged-objects/ENTITLEMENT/${entitlement}`,
  },
  {
    operationId: 'putTaggedObject',
    method: 'PUT',
    path: ({ source }) => `/v2025/tagged-objects/SOURCE/${source}`,
    body: { tags: [] },
  },
  { operationId: 'getTaskStatus', method: 'GET', path: ({ task }) => `/v2025/task-status/${task}` },
  { operationId: 'listTaskProblems', method: 'GET', path: ({ task }) => `/muniment/v1/tasks/${task}/problems` },
];

function scheduleDoor(method: string) {
  const path = ({ source }: Belongings): string => `/v2025/sources/${source}/schedules/ACCOUNT_AGGREGATION`;
  return { method, path, status: 404 };
}

function requestConfigDoor(method: string, family: string, of: 'entitlement' | 'source') {
  const path = (belongings: Belongings): string => `/${family}/${of}s/${belongings[of]}/entitlement-request-config`;
  return { method, path, ...(method === 'DELETE' ? { status: 204 } : {}) };
}

/** Those that a test of its own covers: lists, a creation, and what changes the source as a whole. */
const elsewhere = [
  'listSources',
  'createSource',
  'putSource',
  'deleteSource',
  'listAccounts',
  'listEntitlements',
  'getTaskStatusList',
  'getPendingTasks',
  'getPendingTaskHeaders',
  'importAccounts',
  'createAccount',
  'deleteAccount',
  'listTaggedObjects',
  'listTaggedObjectsByType',
  'setTagToObject',
  'setTagsToManyObjects',
  'deleteTagsToManyObject',
  'deleteTaggedObject',
  // identity-accounts.test.ts
  'enableAccountForIdentity',
  'enableAccountsForIdentities',
  'disableAccountForIdentity',
  'disableAccountsForIdentities',
];

/** Those with the level, or open to all, that are not about sources. */
const others = [
  'listIdentities',
  'getIdentity',
  'getPublicIdentities',
  'getRoleAssignments',
  'getRoleAssignment',
  'getAccessRequestConfig',
  'getAccessRequestConfigV2',
  'listEntitlementConnectionsForCurrentIdentity',
  'getEntitlementDetailsForIdentity',
  'listPersonalAccessTokens',
  'createPersonalAccessToken',
  'patchPersonalAccessToken',
  'deletePersonalAccessToken',
  'listTags',
  'createTag',
  'getTagById',
  'deleteTagById',
];

/** The changes of an account that leave it as it is. */
function accountDoors(): Door[] {
  const attributes = { id: 'x', name: 'X', groups: 'a' };
  return (
    [
      ['putAccount', 'PUT', '', { attributes }],
      ['updateAccount', 'PATCH', '', []],
      ['enableAccount', 'POST', '/enable', undefined],
      ['disableAccount', 'POST', '/disable', undefined],
      ['unlockAccount', 'POST', '/unlock', undefined],
      ['submitReloadAccount', 'POST', '/reload', undefined],
    ] as const
  ).map(([operationId, method, verb, body]) => ({
    operationId,
    method,
    path: ({ account }) => `/v2025/accounts/${account}${verb}`,
    body,
    status: 202,
  }));
}

describeOwnServer('a SOURCE_SUBADMIN', {}, (server) => {
  let member: Person;
  let mine: Belongings;
  let owned: Belongings;
  let foreign: Belongings;
  const person = (name: string, ...levels: string[]) => addPerson(server(), server().database, name, levels);

  async function make(more: object): Promise<Belongings> {
    const { api } = server();
    const source = await server().createSource(more);
    await server().load(source, 'id,name\na,A\n');
    const task = await api.loadAccounts(source.id, 'id,name,groups\nx,X,a\n');
    const [entitlement] = await server().entitlementsOf(source);
    const filters = `sourceId eq "${source.id}"`;
    const [account] = expectStatus(await api.get(`/v2025/accounts?${queryOf({ filters })}`), 200);
    const policy = { name: 'Policy', usageType: 'CREATE', fields: [] };
    expectStatus(await api.send('POST', `/v2025/sources/${source.id}/provisioning-policies`, policy), 201);
    return {
      source: source.id,
      schema: source.schemas[0].id,
      account: account.id,
      entitlement: entitlement.id,
      task: task.id,
    };
  }

  beforeAll(async () => {
    const { api } = server();
    member = await person('Sub Admin', 'SOURCE_SUBADMIN');
    const { id } = expectStatus(await api.send('POST', '/v2025/workgroups', { name: 'Managers' }), 200);
    expectStatus(await api.send('POST', `/v2025/workgroups/${id}/members/bulk-add`, [{ id: member.id }]), 207);
    mine = await make({ managementWorkgroup: { id } });
    owned = await make({ owner: { id: member.id } });
    foreign = await make({});
  });

  test('has a test for every operation that it may use', () => {
    const named = operations
      .filter((operation) =>
        operation.families.some((family) => {
          const { userLevels } = factsFor(operation, family);
          return userLevels.length === 0 || userLevels.includes('SOURCE_SUBADMIN');
        }),
      )
      .map(({ operationId }) => operationId);
    const known = [...doors.map(({ operationId }) => operationId), ...elsewhere, ...others];
    expect(named.filter((operationId) => !known.includes(operationId))).toEqual([]);
  });

  const isManaged = (error: string) => [403, expect.stringContaining(`${error} is managed by others.`)];

  test.each(doors)(
    '$operationId: only of the sources that it manages',
    async ({ method, path, body, status = 200 }) => {
      for (const of of [mine, owned]) {
        const answer = await member.api.send(method, path(of), body);
        expect([answer.status, answer.body], path(of)).toEqual([status, expect.anything()]);
      }
      const answer = await member.api.send(method, path(foreign), body);
      expect(refusal(answer)).toEqual([403, expect.stringContaining(' is managed by others.')]);
      // One that does not exist is no secret.
      const nothing = { ...foreign, source: nobody, account: nobody, entitlement: nobody, task: nobody };
      expect((await member.api.send(method, path(nothing), body)).status).toBe(404);
    },
  );

  describe.each([
    ['sources', '/v2025/sources', 'id', (of: Belongings) => of.source],
    ['accounts', '/v2025/accounts', 'id', (of: Belongings) => of.account],
    ['entitlements', '/v2025/entitlements', 'id', (of: Belongings) => of.entitlement],
    ['entitlements in v2026', '/v2026/entitlements', 'id', (of: Belongings) => of.entitlement],
    ['tasks', '/v2025/task-status', 'id', (of: Belongings) => of.task],
  ] as const)('the list of %s', (_name, path, field, idOf) => {
    test('has those of the sources that it manages, whatever the filter', async () => {
      const answer = await member.api.get(`${path}?count=true`);
      const ids = expectStatus(answer, 200).map((row: Record<string, string>) => row[field]);
      expect([ids.includes(idOf(mine)), ids.includes(idOf(owned)), ids.includes(idOf(foreign))]).toEqual([
        true,
        true,
        false,
      ]);
      expect(answer.headers.get('x-total-count')).toBe(String(ids.length));
      for (const [filters, found] of [
        [`id eq "${idOf(foreign)}"`, 0],
        [`id in ("${idOf(foreign)}", "${idOf(mine)}")`, 1],
      ] as const) {
        expect((await member.api.get(`${path}?${queryOf({ filters })}`)).body).toHaveLength(found);
      }
    });

    test('is empty for one that manages none', async () => {
      const { api } = await person(`Idle ${path}`, 'SOURCE_SUBADMIN');
      const answer = await api.get(`${path}?count=true`);
      expect([answer.headers.get('x-total-count'), answer.body]).toEqual(['0', []]);
    });

    test('is complete with a level above', async () => {
      for (const level of ['ORG_ADMIN', 'SOURCE_ADMIN']) {
        const { api } = await person(`More ${level} ${path}`, 'SOURCE_SUBADMIN', level);
        expect((await api.get(`${path}?${queryOf({ filters: `id eq "${idOf(foreign)}"` })}`)).body).toHaveLength(1);
      }
    });
  });

  test('is limited in every family, and by ids in upper case, too', async () => {
    const { source, account, task } = foreign;
    for (const path of [
      `/beta/sources/${source}`,
      `/v3/sources/${source}/schemas`,
      `/sources/v1/${source}`,
      `/v2026/accounts/${account}/entitlements`,
      `/accounts/v1/${account}`,
      `/task-status/v1/${task}`,
    ]) {
      expect((await member.api.get(path)).status, path).toBe(403);
    }
    expect((await member.api.get(`/v2025/sources/${source.toUpperCase()}`)).status).toBe(404);
    expect((await member.api.get(`/v2025/accounts/${account.toUpperCase()}`)).status).toBe(404);
    expect((await member.api.get(`/v2025/task-status/${task.toUpperCase()}`)).status).toBe(404);
    // A schema is found only in its own source.
    expect((await member.api.get(`/v2025/sources/${mine.source}/schemas/${foreign.schema}`)).status).toBe(404);
  });

  test('is not limited where another of its levels opens the operation', async () => {
    const { api } = await person('Desk Sub', 'SOURCE_SUBADMIN', 'HELPDESK');
    expectStatus(await api.get(`/v2025/accounts/${foreign.account}`), 200);
    expect((await api.get(`/v2025/sources/${foreign.source}`)).status).toBe(403);
  });

  test('is limited no longer, and again, as its group changes', async () => {
    const { api } = server();
    const other = await person('Later Member', 'SOURCE_SUBADMIN');
    const { id } = expectStatus(await api.send('POST', '/v2025/workgroups', { name: 'Later' }), 200);
    const seen = async () => {
      const listed = expectStatus(await other.api.get('/v2025/sources'), 200).map((one: { id: string }) => one.id);
      const { status } = await other.api.get(`/v2025/sources/${foreign.source}`);
      return [listed, status];
    };
    const set = async (value: unknown) =>
      expectStatus(
        await api.send('PATCH', `/v2025/sources/${foreign.source}`, [
          { op: 'replace', path: '/managementWorkgroup', value },
        ]),
        200,
      );
    await set({ id });
    expect(await seen()).toEqual([[], 403]);
    const members = `/v2025/workgroups/${id}/members`;
    expectStatus(await api.send('POST', `${members}/bulk-add`, [{ id: other.id }]), 207);
    expect(await seen()).toEqual([[foreign.source], 200]);
    expectStatus(await api.send('POST', `${members}/bulk-delete`, [{ id: other.id }]), 207);
    expect(await seen()).toEqual([[], 403]);
    await set(null);
  });

  test('lists the entitlements of an account', async () => {
    const held = (of: Belongings) => member.api.get(`/v2025/entitlements?account-id=${of.account}`);
    expect(expectStatus(await held(mine), 200)).toMatchObject([{ id: mine.entitlement }]);
    expect(refusal(await held(foreign))).toEqual(isManaged(`The source of account ${foreign.account}`));
  });

  describe.each(['v2025', 'v2026'])('the lists of entitlements by segment in %s', (family) => {
    let segment: string;
    let visible: Belongings[];

    beforeAll(async () => {
      visible = [mine, owned];
      segment = (await server().createSegment(`Segment ${family}`)).id;
      for (const of of [mine, owned, foreign]) {
        await assign(of.entitlement, [segment]);
      }
    });
    afterAll(async () => {
      for (const of of [mine, owned, foreign]) {
        await assign(of.entitlement, []);
      }
    });

    async function assign(entitlement: string, segments: readonly string[]): Promise<void> {
      const patch = [{ op: 'replace', path: '/segments', value: segments }];
      expectStatus(await server().api.send('PATCH', `/v2025/entitlements/${entitlement}`, patch), 200);
    }

    /** Returns the number of a list and its ids, read in pages of one. */
    async function list(api: ApiClient, query: Record<string, string | boolean>): Promise<[string | null, string[]]> {
      const ids: string[] = [];
      for (;;) {
        const page = queryOf({ ...query, count: true, offset: ids.length, limit: 1 });
        const answer = await api.get(`/${family}/entitlements?${page}`);
        const [row] = expectStatus(answer, 200);
        if (row === undefined) {
          return [answer.headers.get('x-total-count'), ids];
        }
        ids.push(row.id);
      }
    }

    const withFilters = (query: Record<string, string | boolean>) =>
      ['', 'name eq "A"', 'value sw "a" or name eq "A"'].flatMap((filters) =>
        ['name', 'id', '-id', 'value', 'name,id'].map((sorters) => ({
          ...query,
          sorters,
          ...(filters === '' ? {} : { filters }),
        })),
      );

    test('have those of the sources that it manages', async () => {
      const ids = visible.map(({ entitlement }) => entitlement).toSorted();
      for (const query of withFilters({ 'for-segment-ids': segment, 'include-unsegmented': false })) {
        const [total, found] = await list(member.api, query);
        expect([total, found.toSorted()], JSON.stringify(query)).toEqual(['2', ids]);
        expect((await list(server().api, query))[0], JSON.stringify(query)).toBe('3');
      }
      // Nobody is in the segment: what is in it is not in these.
      for (const [scope, expected] of [
        [{ 'for-segment-ids': segment }, ids],
        [{ 'segmented-for-identity': 'me' }, []],
        [{ 'segmented-for-identity': 'me', 'include-unsegmented': false }, []],
      ] as const) {
        for (const query of withFilters(scope)) {
          const [total, found] = await list(member.api, query);
          expect([total, found.toSorted()], JSON.stringify(query)).toEqual([String(expected.length), expected]);
        }
      }
      await assign(foreign.entitlement, []);
      await assign(owned.entitlement, []);
      for (const query of withFilters({ 'segmented-for-identity': 'me' })) {
        expect(await list(member.api, query), JSON.stringify(query)).toEqual(['1', [owned.entitlement]]);
      }
    });

    test.runIf(family === 'v2026')('continue after a row within those sources', async () => {
      for (const of of [mine, owned, foreign]) {
        await assign(of.entitlement, [segment]);
      }
      const [first, second] = visible.map(({ entitlement }) => entitlement).toSorted();
      const after = (sorters: string, searchAfter: string) =>
        member.api.get(
          `/${family}/entitlements?${queryOf({ 'for-segment-ids': segment, 'include-unsegmented': false, sorters, searchAfter })}`,
        );
      for (const [sorters, searchAfter] of [
        ['id', first],
        ['name,id', `A,${first}`],
      ] as const) {
        const answer = await after(sorters, String(searchAfter));
        expect(expectStatus(answer, 200), sorters).toMatchObject([{ id: second }]);
      }
    });
  });

  test('is not told which object of others has a tag', async () => {
    const name = 'FOREIGN_TAG';
    const objectRefs = [{ type: 'ENTITLEMENT', id: foreign.entitlement }];
    expectStatus(await server().api.send('POST', '/v2025/tagged-objects/bulk-add', { objectRefs, tags: [name] }), 200);
    const filters = `name eq "${name}"`;
    const [tag] = expectStatus(await member.api.get(`/v2025/tags?${queryOf({ filters })}`), 200);
    const [status, reason] = refusal(await member.api.send('DELETE', `/v2025/tags/${tag.id}`));
    expect([status, reason]).toEqual([400, expect.stringContaining('at least one of type ENTITLEMENT does')]);
    expect(reason).not.toContain(foreign.entitlement);
  });

  test('loads accounts into its sources only, and sees its own tasks', async () => {
    const file = () => form(['file', 'id,name,groups\nx,X,a\n']);
    const load = (api: ApiClient, of: Belongings) =>
      api.send('POST', `/v2025/sources/${of.source}/load-accounts`, file());
    const { task } = expectStatus(await load(member.api, mine), 202);
    expect((await member.api.waitForTask(task.id)).completionStatus).toBe('SUCCESS');
    expect(refusal(await load(member.api, foreign))).toEqual(isManaged(`Source ${foreign.source}`));
  });

  test('creates and deletes accounts of its sources only', async () => {
    const { api } = member;
    const create = (sourceId: string) => api.send('POST', '/v2025/accounts', { attributes: { sourceId, id: 'new' } });
    const { id } = expectStatus(await create(mine.source), 202);
    const { accountId } = (await api.waitForTask(id)).attributes;
    const deletion = expectStatus(await api.send('DELETE', `/v2025/accounts/${accountId}`), 202);
    expect((await api.waitForTask(deletion.id)).attributes).toMatchObject({ deleted: 1 });
    expect(refusal(await create(foreign.source))).toEqual(isManaged(`Source ${foreign.source}`));
    const answer = await api.send('DELETE', `/v2025/accounts/${foreign.account}`);
    expect(refusal(answer)).toEqual(isManaged(`The source of account ${foreign.account}`));
  });

  test('sees and changes the tags of its sources, their entitlements, and identities', async () => {
    const ref = (of: Belongings) => ({ type: 'ENTITLEMENT', id: of.entitlement });
    const tags = ['SUBADMIN_TAG'];
    const objectRefs = [mine, owned, foreign].map(ref);
    const further = [
      { type: 'SOURCE', id: mine.source },
      { type: 'SOURCE', id: foreign.source },
      { type: 'IDENTITY', id: member.id },
    ];
    const all = [...objectRefs, ...further];
    expectStatus(await server().api.send('POST', '/v2025/tagged-objects/bulk-add', { objectRefs: all, tags }), 200);
    const list = async (path: string) => {
      const answer = await member.api.get(`${path}?${queryOf({ filters: 'tagName eq "SUBADMIN_TAG"', count: true })}`);
      const ids = expectStatus(answer, 200).map(({ objectRef }: { objectRef: { id: string } }) => objectRef.id);
      expect(answer.headers.get('x-total-count')).toBe(String(ids.length));
      return ids.toSorted();
    };
    const visible = [mine.entitlement, owned.entitlement, mine.source, member.id];
    expect(await list('/v2025/tagged-objects')).toEqual(visible.toSorted());
    expect(await list('/v2025/tagged-objects/SOURCE')).toEqual([mine.source]);
    const isForeign = isManaged(`The source of entitlement ${foreign.entitlement}`);
    for (const [method, path, body] of [
      ['POST', '', { objectRef: ref(foreign), tags }],
      ['POST', '/bulk-add', { objectRefs, tags, operation: 'MERGE' }],
      ['POST', '/bulk-remove', { objectRefs, tags }],
      ['DELETE', `/ENTITLEMENT/${foreign.entitlement}`, undefined],
    ] as const) {
      const answer = await member.api.send(method, `/v2025/tagged-objects${path}`, body);
      expect(refusal(answer), `${method} ${path}`).toEqual(isForeign);
    }
    const send = (method: string, path: string, body?: object) =>
      member.api.send(method, `/v2025/tagged-objects${path}`, body);
    expect((await send('POST', '', { objectRef: ref(mine), tags })).status).toBe(201);
    expect((await send('POST', '/bulk-remove', { objectRefs: [ref(mine), further[2]], tags })).status).toBe(204);
    expect((await send('POST', '/bulk-add', { objectRefs: [ref(owned)], tags, operation: 'MERGE' })).status).toBe(200);
    expect((await send('DELETE', `/ENTITLEMENT/${owned.entitlement}`)).status).toBe(204);
    expect(await list('/v2025/tagged-objects')).toEqual([mine.source]);
  });

  test('replaces and deletes its sources only, and follows the deletion to its end', async () => {
    const { source } = await make({ owner: { id: member.id } });
    const read = expectStatus(await member.api.get(`/v2025/sources/${source}`), 200);
    const put = await member.api.send('PUT', `/v2025/sources/${source}`, { ...read, description: 'Mine' });
    expect(expectStatus(put, 200).description).toBe('Mine');
    for (const method of ['PUT', 'DELETE']) {
      const answer = await member.api.send(
        method,
        `/v2025/sources/${foreign.source}`,
        method === 'PUT' ? read : undefined,
      );
      expect(refusal(answer)).toEqual(isManaged(`Source ${foreign.source}`));
    }
    const { id } = expectStatus(await member.api.send('DELETE', `/v2025/sources/${source}`), 202);
    expect((await member.api.waitForTask(id)).completionStatus).toBe('SUCCESS');
  });

  test('is shown to others by for-subadmin', async () => {
    const { api, identityId } = server();
    const listed = async (caller: ApiClient, value: string) => {
      const answer = await caller.get(`/v2025/sources?${queryOf({ 'for-subadmin': value, count: true })}`);
      return [answer.headers.get('x-total-count'), expectStatus(answer, 200).map(({ id }: { id: string }) => id)];
    };
    expect(await listed(api, member.id)).toEqual(['2', [mine.source, owned.source]]);
    expect(await listed(member.api, 'me')).toEqual(['2', [mine.source, owned.source]]);
    const roles = await person('Role Sub', 'ROLE_SUBADMIN');
    expect(await listed(api, roles.id)).toEqual(['0', []]);
    for (const [value, reason] of [
      ['me', 'It must be an identity with the level SOURCE_SUBADMIN or ROLE_SUBADMIN.'],
      [identityId, 'It must be an identity with the level'],
      ['nothing', 'Referenced identity "nothing" was not found.'],
    ] as const) {
      const answer = await api.get(`/v2025/sources?for-subadmin=${value}`);
      expect(refusal(answer)).toEqual([400, expect.stringContaining(reason)]);
    }
  });
});

const nobody = 'f'.repeat(32);
