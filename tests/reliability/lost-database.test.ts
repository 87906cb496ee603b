import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { expect, test } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
import { describeOnPostgres } from '../support/engines.ts';
import { violationsIn } from '../support/invariants.ts';
import { startPostgresCluster } from '../support/postgres-cluster.ts';
import { addSourceBy, fileOf, untilProgress, uploadOf } from '../support/served-program.ts';
import { serverProcesses } from '../support/server-processes.ts';

const rows = 4000;

/** Waits for the end of a task, even if the server is unavailable for a while. */
async function outcomeOf(api: ApiClient, taskId: string): Promise<{ completionStatus: string; attributes: object }> {
  for (;;) {
    const { status, body } = await api.get(`/v2025/task-status/${taskId}`);
    if (status === 200 && body.completed !== null) {
      return body;
    }
    expect([200, 503]).toContain(status);
    await sleep(50);
  }
}

describeOnPostgres('a lost connection', (make) => {
  const processes = serverProcesses();

  test('does not stop the server; requests continue, and the running task is resumed', async () => {
    const { url, remove } = await make();
    const served = await processes.serve('data', '--database-url', url, '--task-lease', '1');
    const { api, program } = served;
    const source = await addSourceBy(served, 'Directory');
    const task = await api.send('POST', `/v2025/sources/${source}/load-entitlements`, uploadOf(fileOf(rows)));
    await untilProgress(api, task.body.id, 'Applying');
    const administrator = new pg.Client({ connectionString: url });
    await administrator.connect();
    const terminate = (): Promise<unknown> =>
      administrator.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
    await terminate();
    await sleep(50);
    await terminate();
    expect(await outcomeOf(api, task.body.id)).toMatchObject({
      completionStatus: 'SUCCESS',
      attributes: { total: rows, groupsCreated: rows, groupsUpdated: 0 },
    });
    // Including idle connections.
    await terminate();
    await administrator.end();
    await sleep(200);
    const list = await api.get('/v2025/entitlements?limit=1&count=true');
    expect([list.status, list.headers.get('x-total-count')]).toEqual([200, String(rows)]);
    expect(program.child.exitCode).toBeNull();
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    expect(await violationsIn(url)).toEqual([]);
    await remove();
  }, 120_000);

  test('during a database restart requests return 503, afterwards everything continues', async () => {
    const cluster = await startPostgresCluster();
    try {
      const served = await processes.serve('data', '--database-url', cluster.url, '--task-lease', '1');
      const { api, program } = served;
      const source = await addSourceBy(served, 'Directory');
      const task = await api.send('POST', `/v2025/sources/${source}/load-entitlements`, uploadOf(fileOf(rows)));
      await untilProgress(api, task.body.id, 'Applying');
      cluster.stop();
      const [read, write] = [
        await api.get('/v2025/entitlements'),
        await api.send('PATCH', `/v2025/sources/${source}`, [{ op: 'replace', path: '/description', value: 'x' }]),
      ];
      for (const answer of [read, write]) {
        expect(answer).toMatchObject({
          status: 503,
          body: { messages: [{ text: expect.stringContaining('The database is unreachable') }, {}] },
        });
      }
      expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
      expect((await fetch(`${api.url}/health/ready`)).status).toBe(503);
      await sleep(1500);
      cluster.start();
      expect(await outcomeOf(api, task.body.id)).toMatchObject({
        completionStatus: 'SUCCESS',
        attributes: { total: rows, groupsCreated: rows, groupsUpdated: 0 },
      });
      expect((await fetch(`${api.url}/health/ready`)).status).toBe(200);
      program.child.kill('SIGTERM');
      expect(await program.ended).toBe(0);
      expect(await violationsIn(cluster.url)).toEqual([]);
    } finally {
      cluster.remove();
    }
  }, 120_000);
});
