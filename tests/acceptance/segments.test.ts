import { SegmentsBetaApi, SegmentsV2024Api, type SegmentV2024 } from 'sailpoint-api-client';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { addPerson } from '../support/persons.ts';
import { describeOwnServer, describeServer, expectStatus, pathIn, plainFamilies, refusal } from './acceptance.ts';
import { configurationOf, refusalOf, sdkFamilies } from './sdk.ts';

const nobody = 'ffffffff-ffff-7fff-8fff-ffffffffffff';

const austin = { operator: 'EQUALS', attribute: 'location', value: { type: 'STRING', value: 'Austin' } };
const criteria = {
  expression: { operator: 'AND', children: [austin, { ...austin, attribute: 'department' }] },
};

describeServer('segments', (server) => {
  const made: string[] = [];
  afterAll(async () => {
    for (const id of made) {
      await server().api.send('DELETE', `/v2025/segments/${id}`);
    }
  });
  const create = async (body: object): Promise<{ id: string }> => {
    const segment = expectStatus(await server().api.send('POST', '/v2025/segments', body), 201);
    made.push(segment.id);
    return segment;
  };

  describe.each(sdkFamilies)('by the SDK: %s', (family) => {
    test('createSegment, listSegments, getSegment, patchSegment and deleteSegment', async () => {
      const configuration = configurationOf(server());
      const api = family === 'beta' ? new SegmentsBetaApi(configuration) : new SegmentsV2024Api(configuration);
      const owner = { type: 'IDENTITY' as const, id: server().identityId };
      const body = {
        name: `South ${family}`,
        description: 'Texas',
        owner,
        visibilityCriteria: criteria,
      } as SegmentV2024;
      const created = await api.createSegment({ segmentBeta: body as never, segmentV2024: body });
      expect(created.status).toBe(201);
      const { data: segment } = created;
      expect(segment).toEqual({
        id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
        name: `South ${family}`,
        description: 'Texas',
        owner: { ...owner, name: expect.any(String) },
        visibilityCriteria: criteria,
        active: false,
        created: expect.stringMatching(/Z$/),
        modified: segment.created,
      });
      const id = segment.id ?? '';
      made.push(id);
      expect((await api.getSegment({ id })).data).toEqual(segment);
      const list = await api.listSegments({ count: true, limit: 250 });
      expect(Number(list.headers['x-total-count'])).toBeGreaterThan(0);
      expect(list.data.filter((one) => one.id === id)).toEqual([segment]);

      const patched = await api.patchSegment({
        id,
        requestBody: [
          { op: 'replace', path: '/active', value: true },
          { op: 'replace', path: '/visibilityCriteria', value: { expression: austin } },
          { op: 'remove', path: '/description' },
        ],
      });
      expect([patched.status, patched.headers['etag']]).toEqual([200, '"2"']);
      const { description: _description, ...rest } = segment;
      expect(patched.data).toEqual({
        ...rest,
        active: true,
        visibilityCriteria: { expression: austin },
        modified: expect.any(String),
      });
      expect((await api.deleteSegment({ id })).status).toBe(204);
      expect((await refusalOf(api.getSegment({ id }))).status).toBe(404);
    });
  });

  test.each(plainFamilies)('by HTTP in %s', async (family) => {
    const { api } = server();
    const { id } = await create({ name: `Plain ${family}` });
    const one = pathIn(family, `/segments/${id}`);
    const read = await api.get(one);
    expect([read.status, read.headers.get('etag')]).toEqual([200, '"1"']);
    expect(read.body).toMatchObject({ name: `Plain ${family}`, owner: null, visibilityCriteria: null, active: false });
    const rename = [{ op: 'replace', path: '/name', value: 'Renamed' }];
    expect((await api.send('PATCH', one, rename, { 'if-match': '"9"' })).status).toBe(412);
    expect(expectStatus(await api.send('PATCH', one, rename, { 'if-match': '"1"' }), 200).name).toBe('Renamed');
    // The same again changes nothing.
    expect((await api.send('PATCH', one, rename)).headers.get('etag')).toBe('"2"');
    expect((await api.get(`${pathIn(family, '/segments')}?limit=1`)).body).toHaveLength(1);
    expect((await api.send('DELETE', one, undefined, { 'if-match': '"1"' })).status).toBe(412);
    expect((await api.send('DELETE', one)).status).toBe(204);
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const answer = await api.send(method, one, method === 'PATCH' ? [] : undefined);
      expect(refusal(answer), method).toEqual([404, `There is no segment with id "${id}".`]);
    }
  });

  test('a segment that a client sends back as it was read can be made again', async () => {
    const segment = await create({ name: 'Copied', visibilityCriteria: criteria });
    const copy = await create(segment);
    expect(copy.id).not.toBe(segment.id);
  });

  test('what is wrong with a new segment is said', async () => {
    const withExpression = (expression: object) => ({ name: 'x', visibilityCriteria: { expression } });
    for (const [body, reason] of [
      [{}, 'Field "name" is required.'],
      [{ name: ' ' }, 'Field "name" is " ". It must not be blank.'],
      [{ name: 'x'.repeat(2001) }, 'Field "name" has 2001 bytes.'],
      [{ name: 'a\0b' }, 'Field "name" contains a NUL character'],
      [{ name: 'x', description: 'y'.repeat(65_536) }, 'Field "description" has 65536 characters.'],
      [{ name: 'x', visibilityCritera: null }, 'Field "visibilityCritera" is unknown. Allowed are id, name,'],
      [{ name: 'x', active: 'yes' }, 'Field "active" is "yes". It must be true or false.'],
      [{ name: 'x', owner: { type: 'IDENTITY', id: 'nobody' } }, 'Referenced owner "nobody" was not found.'],
      [{ name: 'x', owner: { id: server().identityId, name: 'Somebody Else' } }, 'is "Somebody Else", but identity'],
      [{ name: 'x', owner: { type: 'GOVERNANCE_GROUP', id: 'g' } }, 'Field "owner.type" is "GOVERNANCE_GROUP".'],
      [{ name: 'x', visibilityCriteria: {} }, 'Field "visibilityCriteria.expression" is required'],
      [withExpression({ operator: 'OR' }), '"OR". It must be one of AND, EQUALS.'],
      [withExpression({ operator: 'AND' }), 'children" has 0 expressions. With AND it must have 1 to 100.'],
      [withExpression({ operator: 'AND', children: Array.from({ length: 101 }, () => austin) }), 'has 101 expressions'],
      [withExpression({ ...austin, operator: 'AND', children: [austin] }), 'null or absent with the operator AND'],
      [withExpression({ ...austin, attribute: null }), 'expression.attribute" is null. It must be the name'],
      [withExpression({ operator: 'EQUALS', attribute: 'a' }), 'expression.value" is missing.'],
      [withExpression({ ...austin, value: { type: 'STRING' } }), '"visibilityCriteria.expression.value.value" is req'],
      [withExpression({ ...austin, value: { type: 'LONG', value: '1' } }), 'value.type" is "LONG". It must be STRING.'],
      [withExpression({ ...austin, value: { value: '' } }), 'expression.value.value" is "". It must not be blank'],
      [
        withExpression({ operator: 'AND', children: [austin, { ...austin, value: { value: ' \t ' } }] }),
        'Field "visibilityCriteria.expression.children.1.value.value" is " \\t ". It must not be blank',
      ],
      [withExpression({ ...austin, children: [austin] }), 'null or absent with the operator EQUALS'],
      [
        withExpression({ operator: 'AND', children: [{ operator: 'AND', children: [austin] }] }),
        'Field "visibilityCriteria.expression.children.0.children"',
      ],
      [
        withExpression({ operator: 'AND', children: [{ operator: 'AND' }] }),
        'children.0.operator" is "AND". Within AND it must be EQUALS.',
      ],
    ] as const) {
      const answer = await server().api.send('POST', '/v2025/segments', body);
      expect(refusal(answer), JSON.stringify(body).slice(0, 100)).toEqual([400, expect.stringContaining(reason)]);
    }
    const { id } = await create({ name: 'Blank later', visibilityCriteria: { expression: austin } });
    const patch = [{ op: 'replace', path: '/visibilityCriteria/expression/value/value', value: '   ' }];
    expect(refusal(await server().api.send('PATCH', `/v2025/segments/${id}`, patch))).toEqual([
      400,
      expect.stringContaining('value.value" is "   ". It must not be blank, because no identity has a blank value'),
    ]);
  });

  test('criteria are on attributes that identities have or can get', async () => {
    const { api } = server();
    const on = (attribute: string): object => ({ operator: 'EQUALS', attribute, value: { value: 'x' } });
    const attempt = async (...attributes: readonly string[]): Promise<Answer> =>
      api.send('POST', '/v2025/segments', {
        name: 'Attributes',
        visibilityCriteria: { expression: { operator: 'AND', children: attributes.map(on) } },
      });
    // Of identities themselves, without regard to case.
    const usual = expectStatus(await attempt('id', 'ALIAS', 'displayname', 'manager', 'Location', 'department'), 201);
    made.push(usual.id);
    for (const [attribute, hint] of [
      ['departement', 'Write department.'],
      [' location', 'Write location.'],
      ['Floor plan', 'It must be one of '],
      ['x'.repeat(600), 'It must be one of '],
    ] as const) {
      const [status, text] = refusal(await attempt('id', attribute));
      expect([status, text]).toEqual([400, expect.stringContaining(hint)]);
      expect(text).toContain('Field "visibilityCriteria.expression.children.1.attribute" is "');
      expect(text).toContain('but no identity has an attribute of this name.');
    }

    // Of the accounts of an authoritative source: single-valued ones, and those that the mapping adds.
    const attribute = (name: string, isMulti = false): object => ({ name, type: 'STRING', isMulti });
    const people = await server().createSource({ authoritative: true });
    const [schema] = expectStatus(await api.get(`/v2025/sources/${people.id}/schemas`), 200);
    const attributes = [attribute('id'), attribute('name'), attribute('Floor plan'), attribute('clubs', true)];
    const accounts = { ...schema, identityAttribute: 'id', displayAttribute: 'name', attributes };
    expectStatus(await api.send('PUT', `/v2025/sources/${people.id}/schemas/${schema.id}`, accounts), 200);
    const mapping = { attributes: { costCentre: ['id'] } };
    expectStatus(await api.send('PUT', `/muniment/v1/sources/${people.id}/identity-mapping`, mapping), 200);
    const own = expectStatus(await attempt('floor plan', 'costcentre'), 201);
    made.push(own.id);
    expect(refusal(await attempt('clubs'))).toEqual([400, expect.stringMatching(/It must be one of .*, Floor plan/)]);

    // What a segment has stays, what is new is checked.
    expectStatus(await api.send('DELETE', `/v2025/sources/${people.id}`), 202);
    await vi.waitFor(async () => expect((await attempt('costCentre')).status).toBe(400), 20_000);
    const one = `/v2025/segments/${own.id}`;
    const place = '/visibilityCriteria/expression/children/1';
    expectStatus(await api.send('PATCH', one, [{ op: 'replace', path: `${place}/value/value`, value: 'y' }]), 200);
    const more = await api.send('PATCH', one, [{ op: 'replace', path: `${place}/attribute`, value: 'floorplan' }]);
    expect(refusal(more)).toEqual([400, expect.stringContaining('no identity has an attribute of this name')]);
  });

  test('what is wrong with a patch is said, and nothing of it is done', async () => {
    const { api } = server();
    const segment = await create({ name: 'Kept', visibilityCriteria: criteria });
    const one = `/v2025/segments/${segment.id}`;
    for (const [operations, reason] of [
      [[{ op: 'replace', path: '/id', value: nobody }], '"/id" cannot be patched. Patchable are /name, /desc'],
      [[{ op: 'add', path: '/colour', value: 'red' }], '"/colour" cannot be patched'],
      [[{ op: 'remove', path: '/name' }], 'Field "name" is required.'],
      [[{ op: 'replace', path: '/visibilityCriteria/expression/operator', value: 'EQUALS' }], 'null or absent'],
      [
        [
          { op: 'replace', path: '/active', value: true },
          { op: 'test', path: '/name', value: 'Other' },
        ],
        'the test failed',
      ],
    ] as const) {
      expect(refusal(await api.send('PATCH', one, operations))).toEqual([400, expect.stringContaining(reason)]);
    }
    expect((await api.get(one)).body).toEqual(segment);
  });

  test('replaces a description that is not set, and clears it again', async () => {
    const { api } = server();
    const segment = await create({ name: 'Undescribed' });
    expect(segment).not.toHaveProperty('description');
    const one = `/v2025/segments/${segment.id}`;
    const described = await api.send('PATCH', one, [{ op: 'replace', path: '/description', value: 'Now' }]);
    expect(expectStatus(described, 200)).toMatchObject({ description: 'Now' });
    const cleared = await api.send('PATCH', one, [{ op: 'replace', path: '/description', value: null }]);
    expect(expectStatus(cleared, 200)).not.toHaveProperty('description');
  });

  test('its changes are in the record, under the names of the contract', async () => {
    const { api, identityId } = server();
    const owner = { type: 'IDENTITY', id: identityId };
    const { id } = await create({ name: 'Recorded', owner, visibilityCriteria: criteria });
    await api.send('PATCH', `/v2025/segments/${id}`, [{ op: 'replace', path: '/owner', value: null }]);
    await api.send('DELETE', `/v2025/segments/${id}`);
    const fields = { name: 'Recorded', description: null, owner, visibilityCriteria: criteria, active: false };
    const filters = encodeURIComponent(`objectType eq "SEGMENT" and objectId eq "${id}"`);
    const changes = expectStatus(await api.get(`/muniment/v1/changes?filters=${filters}&sorters=number`), 200);
    expect(changes).toMatchObject([
      { kind: 'created', before: null, after: fields },
      { kind: 'updated', before: { owner }, after: { owner: null } },
      { kind: 'deleted', before: { ...fields, owner: null }, after: null },
    ]);
  });
});

describeOwnServer('segments of a person who is deleted', {}, (server) => {
  test('have no owner any more', async () => {
    const { api } = server();
    const person = await addPerson(server(), server().database, 'Leaving Owner', []);
    const owner = { type: 'IDENTITY', id: person.id };
    const body = { name: 'Orphaned', owner };
    const segment = expectStatus(await api.send('POST', '/v2025/segments', body), 201);
    expectStatus(await api.send('DELETE', `/v2025/identities/${person.id}`), 204);
    const after = await api.get(`/v2025/segments/${segment.id}`);
    expect([after.headers.get('etag'), after.body]).toEqual([
      '"2"',
      { ...segment, owner: null, modified: expect.any(String) },
    ]);
    const filters = encodeURIComponent(`objectId eq "${segment.id}" and kind eq "updated"`);
    expect(expectStatus(await api.get(`/muniment/v1/changes?filters=${filters}`), 200)).toMatchObject([
      { before: { owner }, after: { owner: null } },
    ]);
  });
});
