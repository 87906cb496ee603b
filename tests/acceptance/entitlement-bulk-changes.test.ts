import { beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { describeServer, expectStatus, queryOf, refusal } from './acceptance.ts';

const path = '/muniment/v1/entitlements/bulk-update';

describeServer('changes of any number of entitlements', (server) => {
  let source: { id: string };
  let filters: string;
  let ids: string[];
  beforeAll(async () => {
    source = await server().createSource();
    filters = `source.id eq "${source.id}"`;
    const rows = Array.from({ length: 120 }, (_, index) => `b${String(index).padStart(3, '0')},Number ${index}`);
    await server().load(source, `id,name\n${rows.join('\n')}`);
    ids = (await server().entitlementsOf(source)).map(({ id }: { id: string }) => id);
  });
  const update = (body: object): Promise<Answer> => server().api.send('POST', path, body);
  const replace = (field: string, value: unknown) => ({ jsonPatch: [{ op: 'replace', path: field, value }] });
  async function finished(body: object): Promise<Answer['body']> {
    const { task, preview } = expectStatus(await update(body), 202);
    expect(preview).toBeNull();
    expect(task).toMatchObject({ uniqueName: 'Entitlement Update', completed: null });
    return server().api.waitForTask(task.id);
  }
  const read = async (id: string): Promise<Answer['body']> =>
    expectStatus(await server().api.get(`/v2026/entitlements/${id}`), 200);

  test('updateManyEntitlements changes all that match a filter, as a dry run has said', async () => {
    const [first = ''] = ids;
    const body = {
      filters: `${filters} and name sw "Number 1"`,
      jsonPatch: [
        { op: 'replace', path: '/requestable', value: true },
        { op: 'replace', path: '/description', value: 'Reviewed' },
      ],
      metadata: { operation: 'ADD', values: [{ attribute: 'iscRisk', values: ['high'] }] },
      tags: { operation: 'ADD', tags: ['pci data'] },
      requestConfig: { accessRequestConfig: { requestCommentRequired: true } },
    };
    const { task, preview } = expectStatus(await update({ ...body, dryRun: true }), 200);
    expect(task).toBeNull();
    expect(preview).toMatchObject({ total: 31, checked: 31, updated: 31, unchanged: 0, failed: 0, problems: [] });
    expect(preview.entitlements).toHaveLength(31);
    expect(preview.entitlements[0]).toEqual({
      id: expect.any(String),
      name: expect.stringMatching(/^Number 1/),
      before: {
        requestable: false,
        manual: { description: null },
        manuallyUpdatedFields: { DESCRIPTION: false },
        accessModelMetadata: null,
        requestConfig: null,
        tags: null,
      },
      after: {
        requestable: true,
        manual: { description: 'Reviewed' },
        manuallyUpdatedFields: { DESCRIPTION: true },
        accessModelMetadata: { attributes: [{ key: 'iscRisk', values: [{ value: 'high' }] }] },
        requestConfig: { accessRequestConfig: { requestCommentRequired: true } },
        tags: ['PCI_DATA'],
      },
      problem: null,
    });
    const [{ id }] = preview.entitlements;
    expect(await read(id)).toMatchObject({ requestable: false, description: null });

    const done = await finished(body);
    expect(done).toMatchObject({
      completionStatus: 'SUCCESS',
      percentComplete: 100,
      attributes: { total: 31, updated: 31, unchanged: 0, failed: 0 },
    });
    expect(await read(id)).toMatchObject({ requestable: true, description: 'Reviewed', tags: ['PCI_DATA'] });
    const tagged = await server().api.get(
      `/v2026/entitlements?${queryOf({ filters: `${filters} and tags eq "PCI_DATA"`, count: true })}`,
    );
    expect(tagged.headers.get('x-total-count')).toBe('31');
    expect(await read(first)).toMatchObject({ requestable: false });
    const config = await server().api.get(`/v2025/entitlements/${id}/entitlement-request-config`);
    expect(config.body.accessRequestConfig).toMatchObject({ requestCommentRequired: true });
    const changes = await server().api.get(
      `/muniment/v1/changes?${queryOf({ filters: `taskId eq "${done.id}" and objectType eq "ENTITLEMENT"`, count: true })}`,
    );
    expect(changes.headers.get('x-total-count')).toBe('31');
    expect(changes.body[0]).toMatchObject({ actor: { id: server().identityId }, kind: 'updated' });

    expect(await finished(body)).toMatchObject({ attributes: { total: 31, updated: 0, unchanged: 31, failed: 0 } });
    await finished({ filters, ...replace('/requestable', false), requestConfig: null });
    const inherited = await server().api.get(`/muniment/v1/entitlements/${id}/entitlement-request-config`);
    expect(inherited.body).toMatchObject({ own: null });
  });

  test('names every entitlement that it cannot change', async () => {
    const [first = '', second = ''] = ids;
    const segment = await server().createSegment();
    await server().api.send('PATCH', `/v2025/entitlements/${first}`, [
      { op: 'add', path: '/segments/-', value: segment.id },
    ]);
    const body = {
      ids: [first, second, second, 'nothing'],
      jsonPatch: [{ op: 'add', path: '/segments/-', value: segment.id }],
    };
    const { preview } = expectStatus(await update({ ...body, dryRun: true }), 200);
    expect(preview).toMatchObject({ total: 3, checked: 3, updated: 1, unchanged: 0, failed: 2 });
    const problem = expect.stringContaining('twice. Send each once.');
    expect(preview.problems).toEqual(
      expect.arrayContaining([
        { id: first, name: 'Number 0', before: {}, after: {}, problem },
        {
          id: 'nothing',
          name: null,
          before: {},
          after: {},
          problem: 'There is no entitlement with id "nothing".',
        },
      ]),
    );
    const task = await finished(body);
    expect(task).toMatchObject({
      completionStatus: 'WARNING',
      attributes: { total: 3, updated: 1, unchanged: 0, failed: 2 },
    });
    const problems = await server().api.get(`/muniment/v1/tasks/${task.id}/problems`);
    expect(problems.body).toContain(`Entitlement ${first}: Field ""segments"" has`);
    expect((await read(second)).segments).toEqual([segment.id]);
    const listed = await server().api.get(
      `/v2025/entitlements?for-segment-ids=${segment.id}&include-unsegmented=false`,
    );
    expect(listed.body.map(({ id }: { id: string }) => id).toSorted()).toEqual([first, second].toSorted());
  });

  describe('says what is wrong with the request', () => {
    test.each<[string, object, RegExp]>([
      ['no selection', replace('/requestable', true), /Send ids or filters/],
      [
        'two selections',
        { ids: ['a'], filters: 'id eq "a"', ...replace('/requestable', true) },
        /either ids or filters/,
      ],
      ['a blank filter', { filters: ' ', ...replace('/requestable', true) }, /"filters" is blank/],
      ['an unknown field in the filter', { filters: 'colour eq "red"', ...replace('/requestable', true) }, /colour/],
      ['no change', { filters: 'id eq "a"' }, /changes nothing/],
      ['no ids', { ids: [], ...replace('/requestable', true) }, /at least 1 item/],
      ['10001 ids', { ids: Array.from({ length: 10_001 }, String), ...replace('/requestable', true) }, /at most 10000/],
      ['an id that cannot be stored', { ids: ['a\0'], ...replace('/requestable', true) }, /"ids.0" contains a NUL/],
      ['an empty patch', { ids: ['a'], jsonPatch: [] }, /at least 1 item/],
      [
        '51 operations',
        { ids: ['a'], jsonPatch: Array.from({ length: 51 }, () => ({ op: 'remove', path: '/owner' })) },
        /at most 50/,
      ],
      ['an unknown path', { ids: ['a'], ...replace('/value', 'x') }, /"\/value" cannot be patched/],
      ['the level of other families', { ids: ['a'], ...replace('/privileged', true) }, /cannot be patched/],
      ['a malformed operation', { ids: ['a'], jsonPatch: [{ op: 'move', path: '/name' }] }, /\[0\].*"from"/],
      ['a path without a slash', { ids: ['a'], jsonPatch: [{ op: 'remove', path: 'name' }] }, /JSON Pointer/],
      ['a wrong value', { ids: ['a'], ...replace('/requestable', 'yes') }, /"requestable" is "yes"/],
      ['a wrong level', { ids: ['a'], ...replace('/privilegeOverride/level', 'TOP') }, /must be one of HIGH/],
      ['a field that cannot be removed', { ids: ['a'], jsonPatch: [{ op: 'remove', path: '/name' }] }, /"name" is/],
      ['an unknown owner', { ids: ['a'], ...replace('/owner', { id: 'nobody' }) }, /owner "nobody" was not found/],
      [
        'an unknown segment',
        { ids: ['a'], ...replace('/segments', ['29cb6c06-1da8-43ea-8be4-b3125f248f2a']) },
        /segment "29cb6c06-1da8-43ea-8be4-b3125f248f2a" was not found/,
      ],
      [
        'a wrong request configuration',
        { ids: ['a'], requestConfig: { accessRequestConfig: { approvalSchemes: [{ approverType: 'WORKFLOW' }] } } },
        /"requestConfig.accessRequestConfig.approvalSchemes.0.approverId"/,
      ],
      [
        'an unknown value of metadata',
        { ids: ['a'], metadata: { operation: 'ADD', values: [{ attribute: 'iscRisk', values: ['none'] }] } },
        /value of metadata attribute "iscRisk" "none" was not found/,
      ],
      [
        'an unknown operation on metadata',
        { ids: ['a'], metadata: { operation: 'MERGE', values: [{ attribute: 'iscRisk', values: ['low'] }] } },
        /"metadata.operation" is "MERGE"/,
      ],
      ['a tag that is too short', { ids: ['a'], tags: { operation: 'ADD', tags: ['a'] } }, /"tags.tags.0" is "a"/],
      ['no tags', { ids: ['a'], tags: { operation: 'REMOVE', tags: [] } }, /"tags.tags" has no tags/],
      ['an unknown operation on tags', { ids: ['a'], tags: { operation: 'add', tags: ['abc'] } }, /"tags.operation"/],
      ['an unknown field', { ids: ['a'], requestable: true }, /"requestable"/],
    ])('%s', async (_, body, reason) => {
      for (const dryRun of [false, true]) {
        const [status, text] = refusal(await update({ ...body, dryRun }));
        expect([status, text]).toEqual([400, expect.stringMatching(reason)]);
      }
    });
  });
});
