import { rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectorList } from '../connectors/index.ts';
import type { Config } from '../config.ts';
import { migrate } from '../storage/migrate.ts';
import { openDatabase } from '../storage/open-database.ts';
import { TaskThreads } from './task-threads.ts';

let folder: string;
let threadsStarted = 0;
const count = (): void => {
  threadsStarted += 1;
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muniment-threads-'));
  threadsStarted = 0;
  process.on('worker', count);
});

afterEach(() => {
  process.off('worker', count);
  rmSync(folder, { recursive: true });
});

const { signal } = new AbortController();

function threadsOn(file: string): TaskThreads {
  const config = { databaseUrl: `sqlite:${join(folder, file)}`, dataDir: folder } as Config;
  return new TaskThreads({ config, shared: { changes: 'test' }, connectorModule: connectorList.module });
}

test('consecutive tasks share a thread until it is closed; concurrent tasks do not', async () => {
  const database = await openDatabase({ url: `sqlite:${join(folder, 'test.sqlite')}`, readers: 0 });
  await migrate(database);
  const threads = threadsOn('test.sqlite');
  // The tasks do not exist: the thread has nothing to do.
  await threads.run('one', 'lease', signal);
  await threads.run('two', 'lease', signal);
  expect(threadsStarted).toBe(1);
  await threads.close();
  await Promise.all([threads.run('three', 'lease', signal), threads.run('four', 'lease', signal)]);
  expect(threadsStarted).toBe(3);
  await threads.run('five', 'lease', signal);
  expect(threadsStarted).toBe(3);
  await threads.close();
  await threads.close();
  await database.close();
});

test('the error of a failed thread is reported, and the thread is not used again', async () => {
  writeFileSync(join(folder, 'broken.sqlite'), 'This is not a database. '.repeat(100));
  const threads = threadsOn('broken.sqlite');
  await expect(threads.run('one', 'lease', signal)).rejects.toThrow('file is not a database');
  await expect(threads.run('two', 'lease', signal)).rejects.toMatchObject({ code: 'SQLITE_NOTADB' });
  expect(threadsStarted).toBe(2);
  await threads.close();
});
