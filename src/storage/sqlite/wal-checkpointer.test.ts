import { closeSync, copyFileSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keptWal, openReader, openWriter, type PreparingConnection } from './connection.ts';
import { WalCheckpointer } from './wal-checkpointer.ts';

let folder = '';
let file = '';
let writer: PreparingConnection;
let descriptor: number;
let checkpointer: WalCheckpointer;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muniment-test-'));
  file = join(folder, 'muniment.sqlite');
  writer = openWriter(file);
  writer.run('CREATE TABLE t (a)', []);
  descriptor = openSync(file, 'r+');
  checkpointer = new WalCheckpointer(file, descriptor);
});
afterEach(() => {
  checkpointer.close();
  writer.close();
  closeSync(descriptor);
  rmSync(folder, { recursive: true });
});

const megabyte = 1024 * 1024;
/** An invalid descriptor. */
const noDescriptor = 2 ** 20;

function write(bytes: number): void {
  writer.run('INSERT INTO t VALUES (zeroblob(?))', [bytes]);
}

function outgrow(): void {
  while (!checkpointer.isOutgrown) {
    write(4 * megabyte);
  }
}

test('a large WAL is restarted although a write follows each checkpoint', () => {
  for (let round = 0; round < 3; round += 1) {
    outgrow();
    checkpointer.checkpoint();
    write(1);
    expect(WalCheckpointer.sizeOf(file)).toBeLessThanOrEqual(keptWal);
  }
});

test('a long read delays the restart', () => {
  const reader = openReader(file, 1);
  outgrow();
  reader.raw.exec('BEGIN');
  reader.run('SELECT count(*) FROM t', []);
  write(1);
  checkpointer.checkpoint();
  write(1);
  expect(checkpointer.isOutgrown).toBe(true);
  reader.raw.exec('COMMIT');
  // Not with the same one, which pauses after a failure.
  const next = new WalCheckpointer(file, descriptor);
  next.checkpoint();
  next.close();
  write(1);
  expect(checkpointer.isOutgrown).toBe(false);
  reader.close();
});

test('before a restart the file is flushed through its descriptor; errors are emitted as warnings', async () => {
  outgrow();
  const warning = once(process, 'warning');
  const failing = new WalCheckpointer(file, noDescriptor);
  failing.checkpoint();
  failing.close();
  expect((await warning)[0]).toMatchObject({ message: expect.stringContaining('EBADF') });
});

test('a complete checkpoint copies everything, or throws', () => {
  write(1);
  const reader = openReader(file, 1);
  reader.raw.exec('BEGIN');
  reader.run('SELECT count(*) FROM t', []);
  write(1);
  expect(() => checkpointer.checkpointAll()).toThrow('blocked by a read');
  reader.raw.exec('COMMIT');
  reader.close();
  checkpointer.checkpointAll();
  const alone = join(folder, 'alone.sqlite');
  copyFileSync(file, alone);
  const copy = openReader(alone, 1);
  expect(copy.run('SELECT count(*) AS n FROM t', []).rows).toEqual([{ n: 2 }]);
  copy.close();
});
