import { fstatSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWriter, type PreparingConnection } from './connection.ts';
import { LogFlush } from './log-flush.ts';

let folder = '';
let file = '';
let connection: PreparingConnection;
/** The flushes that were begun: each waits until it is settled here. */
let begun: { descriptor: number; done: () => void; fail: (error: Error) => void }[];
let log: LogFlush;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muniment-test-'));
  file = join(folder, 'muniment.sqlite');
  connection = openWriter(file);
  connection.run('CREATE TABLE t (a)', []);
  begun = [];
  log = new LogFlush(file, (descriptor) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    begun.push({ descriptor, done: resolve, fail: reject });
    return promise;
  });
});
afterEach(() => {
  log.close();
  connection.close();
  rmSync(folder, { recursive: true });
});

test('the log is what is flushed', async () => {
  const onDisk = log.toDisk();
  await expect.poll(() => begun.length).toBe(1);
  expect(fstatSync(begun[0]?.descriptor ?? -1).ino).toBe(statSync(`${file}-wal`).ino);
  begun[0]?.done();
  await onDisk;
  const real = new LogFlush(file);
  await real.toDisk();
  real.close();
});

test('what is committed while a flush is under way waits for the next, all of it for the same', async () => {
  const first = log.toDisk();
  await expect.poll(() => begun.length).toBe(1);
  const later = [log.toDisk(), log.toDisk()];
  begun[0]?.done();
  await first;
  await expect.poll(() => begun.length).toBe(2);
  expect(await Promise.race([...later, 'not yet'])).toBe('not yet');
  begun[1]?.done();
  await Promise.all(later);
  expect(begun.length).toBe(2);
});

test('a flush that fails is told to those who waited for it, and the next is tried', async () => {
  const first = log.toDisk();
  await expect.poll(() => begun.length).toBe(1);
  const second = log.toDisk();
  begun[0]?.fail(new Error('EIO'));
  await expect(first).rejects.toThrow('EIO');
  await expect.poll(() => begun.length).toBe(2);
  begun[1]?.done();
  await second;
});
