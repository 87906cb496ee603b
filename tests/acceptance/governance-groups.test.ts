import { GovernanceGroupsBetaApi, GovernanceGroupsV2024Api, type WorkgroupDtoV2024 } from 'sailpoint-api-client';
import { afterAll, describe, expect, test } from 'vitest';
import { addPerson } from '../support/persons.ts';
import { violationsIn } from '../support/invariants.ts';
import {
  describeOwnServer,
  describeServer,
  expectStatus,
  pathIn,
  plainFamilies,
  queryOf,
  refusal,
} from './acceptance.ts';
import { configurationOf, refusalOf, sdkFamilies } from './sdk.ts';

const nobody = 'ffffffffffffffffffffffffffffffff';

describeServer('governance groups', (server) => {
  const made: string[] = [];
  afterAll(async () => {
    await server().removeObjects();
    expectStatus(await server().api.send('POST', '/v2025/workgroups/bulk-delete', { ids: made }), 207);
  });
  const create = async (body: object) => {
    const group = expectStatus(await server().api.send('POST', '/v2025/workgroups', body), 200);
    made.push(group.id);
    return group;
  };

  describe.each(sdkFamilies)('by the SDK: %s', (family) => {
    test('all ten operations', async () => {
      const configuration = configurationOf(server());
      const api =
        family === 'beta' ? new GovernanceGroupsBetaApi(configuration) : new GovernanceGroupsV2024Api(configuration);
      const experimental = { xSailPointExperimental: 'true' };
      const owner = { type: 'IDENTITY' as const, id: server().identityId };
      const body: WorkgroupDtoV2024 = { name: `Reviewers ${family}`, description: 'Of access', owner };
      const created = await api.createWorkgroup({ ...experimental, workgroupDtoBeta: body, workgroupDtoV2024: body });
      expect(created.status).toBe(200);
      const { data: group } = created;
      expect(group).toEqual({
        owner: { ...owner, name: expect.any(String), displayName: group.owner?.name, ...emailOf(group) },
        id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
        name: `Reviewers ${family}`,
        description: 'Of access',
        memberCount: 0,
        connectionCount: 0,
        created: expect.stringMatching(/Z$/),
        modified: group.created,
      });
      const id = group.id ?? '';
      made.push(id);

      const member = [{ type: 'IDENTITY' as const, id: owner.id }];
      const members = {
        ...experimental,
        workgroupId: id,
        identityPreviewResponseIdentityBeta: member,
        identityPreviewResponseIdentityV2024: member,
        bulkWorkgroupMembersRequestInnerBeta: member,
      };
      const added = await api.updateWorkgroupMembers(members);
      expect([added.status, added.data]).toEqual([207, [{ id: owner.id, status: 201, description: 'Member added.' }]]);
      const listed = await api.listWorkgroupMembers({ ...experimental, workgroupId: id, count: true, sorters: 'name' });
      expect([listed.headers['x-total-count'], listed.data]).toEqual([
        '1',
        [{ type: 'IDENTITY', id: owner.id, name: group.owner?.name, ...emailOf(group, 'email') }],
      ]);
      const source = await server().createSource({ managementWorkgroup: { type: 'GOVERNANCE_GROUP', id } });
      expect(source.managementWorkgroup).toEqual({ type: 'GOVERNANCE_GROUP', id, name: group.name });
      const connections = await api.listConnections({ ...experimental, workgroupId: id });
      expect(connections.data).toEqual([
        {
          object: { type: 'SOURCE', id: source.id, name: source.name },
          connectionType: 'ManagementWorkgroup',
        },
      ]);

      const counted = { ...group, memberCount: 1, connectionCount: 1 };
      expect((await api.getWorkgroup({ ...experimental, id })).data).toEqual(counted);
      const filters = `name sw "Reviewers ${family}" and memberships.identityId eq "${owner.id}"`;
      const list = await api.listWorkgroups({ ...experimental, filters, sorters: '-created,description', count: true });
      expect(list.data).toContainEqual(counted);
      expect(Number(list.headers['x-total-count'])).toBe(list.data.length);
      const operations = [
        { op: 'replace' as const, path: '/name', value: `Renamed ${family}` },
        { op: 'remove' as const, path: '/description' },
      ];
      const patched = await api.patchWorkgroup({
        ...experimental,
        id,
        jsonPatchOperationBeta: operations as never,
        jsonPatchOperationV2024: operations as never,
      });
      const { description: _description, ...rest } = counted;
      expect(patched.data).toEqual({ ...rest, name: `Renamed ${family}`, modified: expect.any(String) });
      // Sources show the current name.
      const renamed = expectStatus(await server().api.get(`/v2025/sources/${source.id}`), 200);
      expect(renamed.managementWorkgroup.name).toBe(`Renamed ${family}`);

      expect((await refusalOf(api.deleteWorkgroup({ ...experimental, id }))).status).toBe(400);
      const ids = { ids: [id, nobody] };
      const bulk = { ...experimental, workgroupBulkDeleteRequestBeta: ids, workgroupBulkDeleteRequestV2024: ids };
      const refused = await api.deleteWorkgroupsInBulk(bulk);
      expect([refused.status, refused.data.map((item) => item.status)]).toEqual([207, [409, 404]]);
      const removed = await api.deleteWorkgroupMembers(members);
      expect(removed.data).toEqual([{ id: owner.id, status: 204, description: 'Member removed.' }]);
      const clear = [{ op: 'replace', path: '/managementWorkgroup', value: null }];
      expectStatus(await server().api.send('PATCH', `/v2025/sources/${source.id}`, clear), 200);
      expect((await api.deleteWorkgroup({ ...experimental, id })).status).toBe(204);
      expect((await refusalOf(api.getWorkgroup({ ...experimental, id }))).status).toBe(404);
    });
  });

  test.each(plainFamilies)('by HTTP in %s', async (family) => {
    const { api, identityId } = server();
    const { id, ...group } = await create({ name: `Plain ${family}` });
    const one = pathIn(family, `/workgroups/${id}`);
    const read = await api.get(one);
    expect([read.headers.get('etag'), read.body]).toEqual(['"1"', { id, ...group }]);
    expect(read.body).not.toHaveProperty('owner');
    const owner = [{ op: 'add', path: '/owner', value: { id: identityId } }];
    expect((await api.send('PATCH', one, owner, { 'if-match': '"9"' })).status).toBe(412);
    expect(expectStatus(await api.send('PATCH', one, owner), 200).owner).toMatchObject({ id: identityId });
    const members = pathIn(family, `/workgroups/${id}/members`);
    const body = [{ id: identityId }];
    expect(expectStatus(await api.send('POST', `${members}/bulk-add`, body), 207)[0].status).toBe(201);
    expect(expectStatus(await api.get(`${members}?limit=50&sorters=-modified`), 200)).toHaveLength(1);
    expect(refusal(await api.get(`${members}?limit=51`))[0]).toBe(400);
    expect(expectStatus(await api.send('POST', `${members}/bulk-delete`, body), 207)[0].status).toBe(204);
    expect(expectStatus(await api.get(pathIn(family, `/workgroups/${id}/connections?count=true`)), 200)).toEqual([]);
    const list = pathIn(family, '/workgroups');
    expect((await api.get(`${list}?${queryOf({ filters: `id in ("${id}")` })}`)).body).toHaveLength(1);
    const bulk = await api.send('POST', `${list}/bulk-delete`, { ids: [id] });
    expect(bulk.body).toEqual([{ id, status: 204, description: 'Governance group deleted.' }]);
    for (const [method, path, sent] of [
      ['GET', one, undefined],
      ['PATCH', one, []],
      ['DELETE', one, undefined],
      ['GET', members, undefined],
      ['GET', `${one}/connections`, undefined],
      ['POST', `${members}/bulk-add`, []],
      ['POST', `${members}/bulk-delete`, []],
    ] as const) {
      const answer = await api.send(method, path, sent);
      expect(refusal(answer), `${method} ${path}`).toEqual([404, `There is no governance group with id "${id}".`]);
    }
  });

  test('a group that a client sends back as it was read can be made again', async () => {
    const group = await create({ name: 'Copied', owner: { id: server().identityId } });
    expect((await create(group)).id).not.toBe(group.id);
  });

  test('what is wrong is said', async () => {
    const { api } = server();
    const { id } = await create({ name: 'Kept' });
    const members = `/v2025/workgroups/${id}/members/bulk-add`;
    for (const [method, path, body, reason] of [
      ['POST', '/v2025/workgroups', {}, 'Field "name" is required.'],
      ['POST', '/v2025/workgroups', { name: 'x', owner: { id: nobody } }, 'Referenced owner'],
      ['POST', '/v2025/workgroups', { name: 'x', members: [] }, 'Field "members" is unknown.'],
      ['PATCH', `/v2025/workgroups/${id}`, [{ op: 'replace', path: '/memberCount', value: 3 }], 'cannot be patched'],
      ['POST', '/v2025/workgroups/bulk-delete', {}, 'Field "ids" is required.'],
      ['POST', '/v2025/workgroups/bulk-delete', { ids: Array.from({ length: 101 }, () => 'x') }, 'at most 100'],
      ['POST', members, {}, 'The body is'],
      ['POST', members, [{ name: 'x' }], '"0.id" is required'],
      ['POST', members, [{ type: 'GOVERNANCE_GROUP', id }], '"GOVERNANCE_GROUP". It must be'],
      ['POST', members, Array.from({ length: 251 }, () => ({ id })), 'at most 250'],
      ['GET', '/v2025/workgroups?filters=description+eq+"x"', undefined, '"description" is not a filter field'],
      ['GET', '/v2025/workgroups?sorters=memberCount', undefined, '"memberCount" is not a sort field'],
    ] as const) {
      const answer = await api.send(method, path, body);
      expect(refusal(answer), `${method} ${path}`).toEqual([400, expect.stringContaining(reason)]);
    }
  });

  test('a source refers to an existing group only', async () => {
    const { api } = server();
    const { id, name } = await create({ name: 'Managers' });
    const source = await server().createSource({});
    const one = `/v2025/sources/${source.id}`;
    const wrong = { ...source, managementWorkgroup: { type: 'GOVERNANCE_GROUP', id: nobody } };
    const reason = `Referenced managementWorkgroup "${nobody}" was not found.`;
    const named = { id, name: 'Other' };
    for (const [method, path, body, text] of [
      ['POST', '/v2025/sources', { ...wrong, name: 'Another' }, reason],
      ['PUT', one, wrong, reason],
      ['PATCH', one, [{ op: 'replace', path: '/managementWorkgroup', value: { id: nobody } }], reason],
      ['PATCH', one, [{ op: 'replace', path: '/managementWorkgroup', value: named }], 'is called "Managers"'],
    ] as const) {
      const answer = await api.send(method, path, body);
      expect(refusal(answer), method).toEqual([400, expect.stringContaining(text)]);
    }
    const put = await api.send('PUT', one, { ...source, managementWorkgroup: { id, name } });
    expect(expectStatus(put, 200).managementWorkgroup).toEqual({ type: 'GOVERNANCE_GROUP', id, name });
    const other = await create({ name: 'Other managers' });
    // The name of the former group is still beside the new id.
    const moved = await api.send('PATCH', one, [{ op: 'replace', path: '/managementWorkgroup/id', value: other.id }]);
    expect(expectStatus(moved, 200).managementWorkgroup.name).toBe('Other managers');
    for (const filters of [`managementWorkgroup.id eq "${other.id}"`, `managementWorkgroup.id sw "${other.id}"`]) {
      const query = queryOf({ filters, sorters: '-managementWorkgroup.id' });
      expect((await api.get(`/v2025/sources?${query}`)).body).toMatchObject([{ id: source.id }]);
    }
  });

  test('an entitlement can have a group as its additional owner, with its current name', async () => {
    const { api, identityId } = server();
    const group = await create({ name: 'Owners' });
    const source = await server().createSource();
    await server().load(source, 'id,name\na,A\n');
    const [{ id }] = await server().entitlementsOf(source);
    const one = `/v2025/entitlements/${id}`;
    const set = (value: unknown) => api.send('PATCH', one, [{ op: 'replace', path: '/additionalOwners', value }]);
    const owner = { type: 'GOVERNANCE_GROUP', id: group.id };
    for (const [value, reason] of [
      [[{ ...owner, id: nobody }], `Referenced governance group "${nobody}" was not found.`],
      [[{ ...owner, name: 'Nobody' }], 'but governance group'],
      [[owner, { type: 'IDENTITY', id: identityId }], 'or one governance group'],
      [[{ type: 'IDENTITY', id: group.id }], 'Referenced additional owner'],
    ] as const) {
      expect(refusal(await set(value))).toEqual([400, expect.stringContaining(reason)]);
    }
    const patched = await set([owner]);
    expect(expectStatus(patched, 200).additionalOwners).toEqual([{ ...owner, name: 'Owners' }]);
    const rename = [{ op: 'replace', path: '/name', value: 'Keepers' }];
    expectStatus(await api.send('PATCH', `/v2025/workgroups/${group.id}`, rename), 200);
    const shown = [{ ...owner, name: 'Keepers' }];
    expect((await api.get(one)).body.additionalOwners).toEqual(shown);
    expect((await server().entitlementsOf(source))[0]?.additionalOwners).toEqual(shown);
    expect((await api.get(`/muniment/v1/entitlements/${id}`)).body.additionalOwners).toEqual(shown);
    // The same again, as read, changes nothing.
    const again = await set(shown);
    expect(again.headers.get('etag')).toBe(patched.headers.get('etag'));

    expect(refusal(await api.send('DELETE', `/v2025/workgroups/${group.id}`))).toEqual([
      400,
      `Governance group ${group.id} is in use and cannot be deleted: it is an additional owner of entitlement ${id}. Replace it there first.`,
    ]);
    expectStatus(await set(null), 200);
    expect((await api.send('DELETE', `/v2025/workgroups/${group.id}`)).status).toBe(204);
  });

  test('an entitlement that returns has no additional owner that was deleted meanwhile', async () => {
    const { api } = server();
    const group = await create({ name: 'Passing' });
    const source = await server().createSource({ deleteThreshold: 100 });
    await server().load(source, 'id,name\na,A\nb,B\n');
    const [{ id }] = await server().entitlementsOf(source);
    const value = [{ type: 'GOVERNANCE_GROUP', id: group.id }];
    const patch = [{ op: 'replace', path: '/additionalOwners', value }];
    expectStatus(await api.send('PATCH', `/v2025/entitlements/${id}`, patch), 200);
    await server().load(source, 'id,name\nb,B\n');
    expect((await api.send('DELETE', `/v2025/workgroups/${group.id}`)).status).toBe(204);
    await server().load(source, 'id,name\na,A\nb,B\n');
    expect((await api.get(`/v2025/entitlements/${id}`)).body.additionalOwners).toBeNull();
  });

  test('its changes and those of its members are in the record', async () => {
    const { api, identityId } = server();
    const { id } = await create({ name: 'Recorded' });
    await api.send('POST', `/v2025/workgroups/${id}/members/bulk-add`, [{ id: identityId }]);
    await api.send('PATCH', `/v2025/workgroups/${id}`, [{ op: 'replace', path: '/description', value: 'Now' }]);
    await api.send('DELETE', `/v2025/workgroups/${id}`);
    const recorded = async (filters: string) =>
      expectStatus(await api.get(`/muniment/v1/changes?${queryOf({ filters, sorters: '-number', limit: 3 })}`), 200);
    const fields = { name: 'Recorded', description: null, owner: null };
    expect(await recorded(`objectType eq "GOVERNANCE_GROUP" and objectId eq "${id}"`)).toMatchObject([
      { kind: 'deleted', before: { ...fields, description: 'Now' } },
      { kind: 'updated', before: { description: null }, after: { description: 'Now' } },
      { kind: 'created', after: fields },
    ]);
    const membership = { groupId: id, identityId };
    expect((await recorded('objectType eq "GOVERNANCE_GROUP_MEMBERSHIP"')).slice(0, 2)).toMatchObject([
      { kind: 'deleted', before: membership },
      { kind: 'created', after: membership },
    ]);
  });
});

describeOwnServer('governance groups of a person who is deleted', {}, (server) => {
  test('have neither this owner nor this member any more', async () => {
    const { api } = server();
    const person = await addPerson(server(), server().database, 'Leaving Member', []);
    const body = { name: 'Left', owner: { id: person.id } };
    const { id } = expectStatus(await api.send('POST', '/v2025/workgroups', body), 200);
    expectStatus(await api.send('POST', `/v2025/workgroups/${id}/members/bulk-add`, [{ id: person.id }]), 207);
    expectStatus(await api.send('DELETE', `/v2025/identities/${person.id}`), 204);
    const group = expectStatus(await api.get(`/v2025/workgroups/${id}`), 200);
    expect([group.owner, group.memberCount]).toEqual([undefined, 0]);
    expect(await violationsIn(server().database.url)).toEqual([]);
  });
});

/** The email of the group's owner, if there is one, under another name. */
function emailOf({ owner }: WorkgroupDtoV2024, name = 'emailAddress'): object {
  return owner?.emailAddress === undefined ? {} : { [name]: owner.emailAddress };
}
