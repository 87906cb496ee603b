import { beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { describeServer, expectStatus, form, pathIn, plainFamilies, queryOf, refusal } from './acceptance.ts';

describeServer('tasks', (server) => {
  let source: { id: string; name: string };
  let task: Answer['body'];
  beforeAll(async () => {
    source = await server().createSource();
    task = await server().load(source, 'id,name\na,Alpha\nb,Beta\nb\nc,C\nd,D\ne,E\n', { status: 'WARNING' });
    await server().load(source, 'id,name\na,Alpha\nb,Beta\nc,C\nd,D\ne,E\n');
  });

  describe.each(plainFamilies)('in %s', (family) => {
    const list = (parameters: Record<string, string | number | boolean>): Promise<Answer> =>
      server().api.get(`${pathIn(family, '/task-status')}?${queryOf(parameters)}`);
    const ofSource = (): string => `sourceId eq "${source.id}"`;

    test('getTaskStatus shows every key', async () => {
      const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      const text = 'Line 4: 1 column where the header has 2';
      const label = (name: string): string => `TASK_OUT_ACCOUNT_GROUP_AGGREGATION_${name}`;
      const answer = await server().api.get(pathIn(family, `/task-status/${task.id}`));
      expect(expectStatus(answer, 200)).toEqual({
        id: task.id,
        type: 'QUARTZ',
        uniqueName: 'Cloud Group Aggregation',
        description: 'Aggregate from the specified application',
        parentName: null,
        launcher: expect.any(String),
        created: time,
        modified: time,
        launched: time,
        completed: time,
        completionStatus: 'WARNING',
        messages: [
          expect.objectContaining({ type: 'WARN' }),
          {
            type: 'WARN',
            localizedText: { locale: 'en-US', message: text },
            key: expect.any(String),
            parameters: expect.any(Array),
          },
        ],
        returns: [
          { name: label('APPLICATIONS'), attributeName: 'applications' },
          { name: label('TOTAL'), attributeName: 'total' },
          { name: label('CREATED'), attributeName: 'groupsCreated' },
          { name: label('UPDATED'), attributeName: 'groupsUpdated' },
          { name: label('DELETED'), attributeName: 'groupsDeleted' },
        ],
        attributes: {
          applications: source.name,
          total: 5,
          groupsCreated: 5,
          groupsUpdated: 0,
          groupsDeleted: 0,
          groupsRestored: 0,
          groupsUnchanged: 0,
          groupsKept: 0,
          badRows: 1,
        },
        progress: 'Completed',
        percentComplete: 100,
      });
      expect(refusal(await server().api.get(pathIn(family, '/task-status/none')))).toEqual([
        404,
        'There is no task with id "none".',
      ]);
    });

    test('getTaskStatusList filters, sorts and pages, newest first', async () => {
      const all = await list({ filters: ofSource(), count: true });
      const statuses = expectStatus(all, 200).map((one: { completionStatus: string }) => one.completionStatus);
      expect([all.headers.get('x-total-count'), statuses]).toEqual(['2', ['SUCCESS', 'WARNING']]);
      for (const [filter, hits] of [
        [`id eq "${task.id}"`, 1],
        [`id in ("${task.id}","x")`, 1],
        [`sourceId in ("${source.id}")`, 2],
        ['completionStatus eq "warning"', 1],
        ['completionStatus in ("WARNING","SUCCESS")', 2],
        ['completionStatus isnull', 0],
        ['not completionStatus isnull', 2],
        ['type eq "CLOUD_GROUP_AGGREGATION"', 2],
        ['type in ("CLOUD_ACCOUNT_AGGREGATION")', 0],
      ] as const) {
        const found = await list({ filters: `${ofSource()} and ${filter}` });
        expect(expectStatus(found, 200), filter).toHaveLength(hits);
      }
      const sorted = await list({ filters: ofSource(), sorters: 'created', limit: 1, offset: 1 });
      expect(expectStatus(sorted, 200)).toMatchObject([{ completionStatus: 'SUCCESS' }]);
      for (const [parameters, reason] of [
        [{ filters: 'id sw "a"' }, '"id" does not support the operator "sw". Its operators are eq, in.'],
        [{ filters: 'uniqueName eq "x"' }, '"uniqueName" is not a filter field here.'],
        [{ sorters: 'modified' }, '"modified" is not a sort field here. The fields are created'],
        [{ limit: 251 }, 'must be at most 250'],
      ] as const) {
        expect(refusal(await list(parameters))).toEqual([400, expect.stringContaining(reason)]);
      }
    });

    test('are filtered by launcher in the newer families only', async () => {
      const answer = await list({ filters: `${ofSource()} and launcher eq "${task.launcher}"` });
      if (family === 'v2025') {
        expect(refusal(answer)).toEqual([400, expect.stringContaining('"launcher" is not a filter field here.')]);
      } else {
        expect(expectStatus(answer, 200)).toHaveLength(2);
      }
    });
  });

  test('loads of one source run one at a time, in order of arrival', async () => {
    const { api } = server();
    const { id } = await server().createSource({ deleteThreshold: 100 });
    const post = (csv: string): Promise<Answer> =>
      api.send('POST', `/v2025/sources/${id}/load-entitlements`, form(['file', csv]));
    const accepted: Answer['body'][] = [];
    for (const values of ['a\nb', 'b\nc', 'c\nd']) {
      accepted.push(expectStatus(await post(`id\n${values}\n`), 202));
    }
    const ended = await Promise.all(accepted.map((one) => api.waitForTask(one.id)));
    expect(
      ended.map(({ completionStatus, attributes }) => [
        completionStatus,
        attributes.groupsCreated,
        attributes.groupsDeleted,
      ]),
    ).toEqual([
      ['SUCCESS', 2, 0],
      ['SUCCESS', 1, 1],
      ['SUCCESS', 1, 1],
    ]);
    const [first, second, third] = ended;
    expect(second.launched >= first.completed && third.launched >= second.completed).toBe(true);
    expect((await server().entitlementsOf({ id })).map(({ value }) => value)).toEqual(['c', 'd']);
  });

  test('a running task reports its progress', async () => {
    const { api } = server();
    const { id } = await server().createSource();
    const rows = Array.from({ length: 12_000 }, (_, index) => `row ${index},Name of row ${index}`);
    const answer = await api.send(
      'POST',
      `/v2025/sources/${id}/load-entitlements`,
      form(['file', `id,name\n${rows.join('\n')}`]),
    );
    const path = `/v2025/task-status/${expectStatus(answer, 202).id}`;
    const seen: Answer['body'][] = [];
    do {
      seen.push((await api.get(path)).body);
    } while (seen.at(-1).completed === null);
    const percents = seen.map(({ percentComplete }) => percentComplete);
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
    expect(percents[0]).toBe(0);
    expect(percents.at(-1)).toBe(100);
    const running = seen.filter(({ percentComplete }) => percentComplete > 0 && percentComplete < 100);
    expect(running.length).toBeGreaterThan(0);
    expect(running[0]).toMatchObject({
      completionStatus: null,
      progress: expect.stringMatching(/^(Reading|Applying): /),
    });
    expect(seen.at(-1)).toMatchObject({
      completionStatus: 'SUCCESS',
      attributes: { total: 12_000, groupsCreated: 12_000 },
    });
  });
});
