import { closeSync, copyFileSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keptLog, openReader, openWriter, type PreparingConnection } from './connection.ts';
import { WalCheckpointer } from './wal-checkpointer.ts';

let folder = '';
let file = '';
let writer: PreparingConnection;
let descriptor: number;
let mover: WalCheckpointer;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muniment-test-'));
  file = join(folder, 'muniment.sqlite');
  writer = openWriter(file);
  writer.run('CREATE TABLE t (a)', []);
  descriptor = openSync(file, 'r+');
  mover = new WalCheckpointer(file, descriptor);
});
afterEach(() => {
  mover.close();
  writer.close();
  closeSync(descriptor);
  rmSync(folder, { recursive: true });
});

const megabyte = 1024 * 1024;
/** What no file was opened as. */
const noDescriptor = 2 ** 20;

function write(bytes: number): void {
  writer.run('INSERT INTO t VALUES (zeroblob(?))', [bytes]);
}

function outgrow(): void {
  while (!mover.isOutgrown) {
    write(4 * megabyte);
  }
}

test('a log that has outgrown its file begins anew, though a write comes after each move', () => {
  for (let round = 0; round < 3; round += 1) {
    outgrow();
    mover.move();
    write(1);
    expect(WalCheckpointer.sizeOf(file)).toBeLessThanOrEqual(keptLog);
  }
});

test('a read that lasts puts it off until after it', () => {
  const reader = openReader(file, 1);
  outgrow();
  reader.raw.exec('BEGIN');
  reader.run('SELECT count(*) FROM t', []);
  write(1);
  mover.move();
  write(1);
  expect(mover.isOutgrown).toBe(true);
  reader.raw.exec('COMMIT');
  // Not the one that has just been in vain: it leaves the log alone for a while.
  const next = new WalCheckpointer(file, descriptor);
  next.move();
  next.close();
  write(1);
  expect(mover.isOutgrown).toBe(false);
  reader.close();
});

test('before a log begins anew the file is flushed by its descriptor; what fails is told as a warning', async () => {
  outgrow();
  const told = once(process, 'warning');
  const unable = new WalCheckpointer(file, noDescriptor);
  unable.move();
  unable.close();
  expect((await told)[0]).toMatchObject({ message: expect.stringContaining('EBADF') });
});

test('all of it is in the file, or that is told', () => {
  write(1);
  const reader = openReader(file, 1);
  reader.raw.exec('BEGIN');
  reader.run('SELECT count(*) FROM t', []);
  write(1);
  expect(() => mover.moveAll()).toThrow('somebody reads');
  reader.raw.exec('COMMIT');
  reader.close();
  mover.moveAll();
  const alone = join(folder, 'alone.sqlite');
  copyFileSync(file, alone);
  const copy = openReader(alone, 1);
  expect(copy.run('SELECT count(*) AS n FROM t', []).rows).toEqual([{ n: 2 }]);
  copy.close();
});
