import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keptLog, openReader, openWriter, type PreparingConnection } from './connection.ts';
import { LogMover } from './log-mover.ts';

let folder = '';
let file = '';
let writer: PreparingConnection;
let mover: LogMover;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muniment-test-'));
  file = join(folder, 'muniment.sqlite');
  writer = openWriter(file);
  writer.run('CREATE TABLE t (a)', []);
  mover = new LogMover(file);
});
afterEach(() => {
  mover.close();
  writer.close();
  rmSync(folder, { recursive: true });
});

const megabyte = 1024 * 1024;

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
    expect(LogMover.sizeOf(file)).toBeLessThanOrEqual(keptLog);
  }
});

test('a read that lasts puts it off, and keeps no writer waiting after it', () => {
  const reader = openReader(file, 1);
  outgrow();
  reader.raw.exec('BEGIN');
  reader.run('SELECT count(*) FROM t', []);
  write(1);
  mover.move();
  write(1);
  expect(mover.isOutgrown).toBe(true);
  reader.raw.exec('COMMIT');
  mover.move();
  write(1);
  expect(mover.isOutgrown).toBe(false);
  reader.close();
});
