import { fstatSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWriter, type PreparingConnection } from './connection.ts';
import { WalSync } from './wal-sync.ts';

let folder = '';
let file = '';
let connection: PreparingConnection;
/** The flushes that were begun: each waits until it is settled here. */
let begun: { descriptor: number; done: () => void; fail: (error: Error) => void }[];
/** How often all of the log was moved, and what keeps it from being done. */
let moved = 0;
let obstacle: Error | undefined;
let log: WalSync;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muniment-test-'));
  file = join(folder, 'muniment.sqlite');
  connection = openWriter(file);
  connection.run('CREATE TABLE t (a)', []);
  begun = [];
  moved = 0;
  obstacle = undefined;
  const moveAll = (): void => {
    moved += 1;
    if (obstacle !== undefined) {
      throw obstacle;
    }
  };
  log = new WalSync(file, moveAll, (descriptor) => {
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
  const real = new WalSync(file, () => undefined);
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

test('after a flush that failed, writes are on the disk only when all of the log is in the file', async () => {
  const first = log.toDisk();
  await expect.poll(() => begun.length).toBe(1);
  obstacle = new Error('somebody reads');
  const second = log.toDisk();
  begun[0]?.fail(new Error('EIO'));
  await expect(first).rejects.toMatchObject({ code: 'EIO', cause: { message: 'EIO' } });
  await expect(second).rejects.toMatchObject({ code: 'EIO', cause: obstacle });
  obstacle = undefined;
  await log.toDisk();
  expect([begun.length, moved]).toEqual([1, 2]);
  const next = log.toDisk();
  await expect.poll(() => begun.length).toBe(2);
  begun[1]?.done();
  await next;
});
