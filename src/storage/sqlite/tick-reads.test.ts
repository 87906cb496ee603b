import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openReader, openWriter, type PreparingConnection } from './connection.ts';
import { TickReads } from './tick-reads.ts';

let folder = '';
let writer: PreparingConnection;
let reader: PreparingConnection;
let reads: TickReads;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muniment-test-'));
  const file = join(folder, 'muniment.sqlite');
  writer = openWriter(file);
  writer.run('CREATE TABLE t (a)', []);
  reader = openReader(file, 1);
  reads = new TickReads(reader);
});
afterEach(() => {
  reads.end();
  reader.close();
  writer.close();
  rmSync(folder, { recursive: true });
});

function count(): unknown {
  return reads.run('SELECT count(*) AS n FROM t', []).rows[0];
}

test('reads of one tick see the same state, those of the next tick see later commits', async () => {
  expect(count()).toEqual({ n: 0 });
  writer.run('INSERT INTO t VALUES (1)', []);
  await Promise.resolve();
  expect(count()).toEqual({ n: 0 });
  await nextTurn();
  expect(reader.raw.inTransaction).toBe(false);
  expect(count()).toEqual({ n: 1 });
});

test('after the end of the snapshot earlier commits are visible', () => {
  expect(count()).toEqual({ n: 0 });
  writer.run('INSERT INTO t VALUES (1)', []);
  reads.end();
  expect(count()).toEqual({ n: 1 });
});

test('a failing statement does not affect the others of its tick', () => {
  expect(() => reads.run('SELECT b FROM t', [])).toThrow('no such column');
  expect(count()).toEqual({ n: 0 });
});
