import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeOnPostgres } from '../support/engines.ts';
import { violationsIn } from '../support/invariants.ts';
import { addSourceBy, fileOf, untilProgress, uploadOf } from '../support/served-program.ts';
import { serverProcesses } from '../support/server-processes.ts';

const rows = 4000;
/** Seconds. */
const lease = 2;

describeOnPostgres('two servers on one database', (make) => {
  const processes = serverProcesses();
  const spoolOf = (name: string): string[] => readdirSync(join(processes.dataDir(name), 'spool'));

  test('serve the same data, and share tasks', async () => {
    const { url, remove } = await make();
    const flags = ['--database-url', url, '--task-lease', String(lease)];
    const first = await processes.serve('first', ...flags);
    const second = await processes.serve('second', ...flags);
    const sources = [
      await addSourceBy(first, 'One'),
      await addSourceBy(first, 'Two'),
      await addSourceBy(first, 'Three'),
    ];
    const tasks = [];
    for (const source of sources) {
      tasks.push(await first.api.send('POST', `/v2025/sources/${source}/load-entitlements`, uploadOf(fileOf(1000))));
    }
    for (const { body } of tasks) {
      expect(await second.api.waitForTask(body.id)).toMatchObject({ completionStatus: 'SUCCESS' });
    }
    const [{ id }] = (await second.api.get('/v2025/entitlements?limit=1')).body;
    const patch = [{ op: 'replace', path: '/description', value: 'seen by both' }];
    const patched = await first.api.send('PATCH', `/v2025/entitlements/${id}`, patch);
    expect(patched.status).toBe(200);
    const seen = await second.api.get(`/v2025/entitlements/${id}`);
    expect([seen.body, seen.headers.get('etag')]).toEqual([patched.body, patched.headers.get('etag')]);
    // Whichever ran the task: the server that received the file does not keep it.
    await expect.poll(() => [spoolOf('first'), spoolOf('second')], { timeout: 10_000 }).toEqual([[], []]);
    for (const { program } of [first, second]) {
      program.child.kill('SIGTERM');
      expect(await program.ended).toBe(0);
    }
    expect(await violationsIn(url)).toEqual([]);
    await remove();
  }, 120_000);

  test('if the server that runs a task is killed, the other one completes it', async () => {
    const { url, remove } = await make();
    const flags = ['--database-url', url, '--task-lease', String(lease)];
    const first = await processes.serve('first', ...flags);
    const second = await processes.serve('second', ...flags);
    const source = await addSourceBy(first, 'Directory');
    const task = await first.api.send('POST', `/v2025/sources/${source}/load-entitlements`, uploadOf(fileOf(rows)));
    // A server immediately starts tasks that it accepted; the other one would find them by polling.
    await untilProgress(second.api, task.body.id, 'Applying');
    first.program.child.kill('SIGKILL');
    await first.program.ended;
    expect(await second.api.waitForTask(task.body.id)).toMatchObject({
      completionStatus: 'SUCCESS',
      attributes: { total: rows, groupsCreated: rows, groupsUpdated: 0, groupsUnchanged: 0 },
    });
    const list = await second.api.get('/v2025/entitlements?limit=1&count=true');
    expect(list.headers.get('x-total-count')).toBe(String(rows));
    await expect.poll(() => spoolOf('second')).toEqual([]);
    second.program.child.kill('SIGTERM');
    expect(await second.program.ended).toBe(0);
    expect(await violationsIn(url)).toEqual([]);
    await remove();
  }, 120_000);
});
