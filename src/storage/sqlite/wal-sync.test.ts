import { fstatSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWriter, type PreparingConnection } from './connection.ts';
import { WalSync } from './wal-sync.ts';

let folder = '';
let file = '';
let connection: PreparingConnection;
/** The flushes in progress: each is pending until settled here. */
let begun: { descriptor: number; done: () => void; fail: (error: Error) => void }[];
/** The number of complete checkpoints, and the error that blocks them. */
let moved = 0;
let obstacle: Error | undefined;
let walSync: WalSync;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muniment-test-'));
  file = join(folder, 'muniment.sqlite');
  connection = openWriter(file);
  connection.run('CREATE TABLE t (a)', []);
  begun = [];
  moved = 0;
  obstacle = undefined;
  const checkpointAll = (): void => {
    moved += 1;
    if (obstacle !== undefined) {
      throw obstacle;
    }
  };
  walSync = new WalSync(file, checkpointAll, (descriptor) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    begun.push({ descriptor, done: resolve, fail: reject });
    return promise;
  });
});
afterEach(() => {
  walSync.close();
  connection.close();
  rmSync(folder, { recursive: true });
});

test('the WAL is flushed', async () => {
  const onDisk = walSync.toDisk();
  await expect.poll(() => begun.length).toBe(1);
  expect(fstatSync(begun[0]?.descriptor ?? -1).ino).toBe(statSync(`${file}-wal`).ino);
  begun[0]?.done();
  await onDisk;
  const real = new WalSync(file, () => undefined);
  await real.toDisk();
  real.close();
});

test('everything committed during a flush waits for the same next one', async () => {
  const first = walSync.toDisk();
  await expect.poll(() => begun.length).toBe(1);
  const later = [walSync.toDisk(), walSync.toDisk()];
  begun[0]?.done();
  await first;
  await expect.poll(() => begun.length).toBe(2);
  expect(await Promise.race([...later, 'not yet'])).toBe('not yet');
  begun[1]?.done();
  await Promise.all(later);
  expect(begun.length).toBe(2);
});

test('after a failed flush, writes are durable only after a complete checkpoint', async () => {
  const first = walSync.toDisk();
  await expect.poll(() => begun.length).toBe(1);
  obstacle = new Error('blocked by a read');
  const second = walSync.toDisk();
  begun[0]?.fail(new Error('EIO'));
  await expect(first).rejects.toMatchObject({ code: 'EIO', cause: { message: 'EIO' } });
  await expect(second).rejects.toMatchObject({ code: 'EIO', cause: obstacle });
  obstacle = undefined;
  await walSync.toDisk();
  expect([begun.length, moved]).toEqual([1, 2]);
  const next = walSync.toDisk();
  await expect.poll(() => begun.length).toBe(2);
  begun[1]?.done();
  await next;
});
