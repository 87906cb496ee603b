import { expect, test } from 'vitest';
import { describeOnEngines } from '../../tests/support/engines.ts';
import { fileOf, uploadOf } from '../../tests/support/served-program.ts';
import { administrator, startTestServer, type TestServer } from '../../tests/support/server.ts';

const rows = 3000;

/** When a task started and ended, in UTC milliseconds. */
interface Span {
  readonly started: number;
  readonly ended: number;
}

async function addSource({ api }: TestServer, name: string): Promise<string> {
  const tokens = await api.get('/v2025/personal-access-tokens?owner-id=me');
  const { owner } = tokens.body.find(({ id }: { id: string }) => id === administrator.clientId);
  const connector = 'delimited-file-angularsc';
  const { body } = await api.send('POST', '/v2025/sources', { name, connector, owner: { ...owner, type: 'IDENTITY' } });
  return body.id;
}

describeOnEngines('MUNIMENT_CONCURRENT_TASKS', (make) => {
  /** Aggregates one file twice for one source and once for another, concurrently. */
  async function spansWith(concurrentTasks: string): Promise<Span[]> {
    const empty = await make();
    const server = await startTestServer(empty, { concurrentTasks });
    try {
      const { api } = server;
      const [one, two] = [await addSource(server, 'One'), await addSource(server, 'Two')];
      const ids: string[] = [];
      for (const source of [one, one, two]) {
        const path = `/v2025/sources/${source}/load-entitlements`;
        ids.push((await api.send('POST', path, uploadOf(fileOf(rows)))).body.id);
      }
      const spans: Span[] = [];
      for (const id of ids) {
        const task = await api.waitForTask(id);
        expect(task).toMatchObject({ completionStatus: 'SUCCESS', attributes: { total: rows } });
        spans.push({ started: Date.parse(task.launched), ended: Date.parse(task.completed) });
      }
      return spans;
    } finally {
      await server.stop();
      await empty.remove();
    }
  }

  test('of 2 runs tasks of different sources concurrently, tasks of one source one after the other', async () => {
    const [first, second, other] = await spansWith('2');
    expect(other?.started).toBeLessThan(first?.ended ?? 0);
    expect(second?.started).toBeGreaterThanOrEqual(first?.ended ?? Infinity);
  }, 120_000);

  test('of 1 runs all tasks one after the other, in order', async () => {
    const [first, second, other] = await spansWith('1');
    expect(second?.started).toBeGreaterThanOrEqual(first?.ended ?? Infinity);
    expect(other?.started).toBeGreaterThanOrEqual(second?.ended ?? Infinity);
  }, 120_000);
});
