import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWriter, type PreparingConnection } from './connection.ts';
import { LockWishes } from './lock-wishes.ts';
import { WriteQueue } from './write-queue.ts';

let folder: string;
let connection: PreparingConnection;
let queue: WriteQueue;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muniment-test-'));
  connection = openWriter(join(folder, 'muniment.sqlite'));
  connection.run('CREATE TABLE t (a UNIQUE)', []);
  queue = new WriteQueue(connection, new LockWishes());
});
afterEach(() => {
  connection.close();
  rmSync(folder, { recursive: true });
});

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test('writes that come in one turn after the other share a commit: none is answered before the last is done', async () => {
  const order: string[] = [];
  const write = async (name: string): Promise<void> => {
    await queue.run(async () => {
      connection.run('INSERT INTO t VALUES (?)', [name]);
      order.push(`${name} done`);
    });
    order.push(`${name} answered`);
  };
  const writes: Promise<void>[] = [];
  for (const name of ['first', 'second', 'third']) {
    writes.push(write(name));
    await nextTurn();
  }
  await Promise.all(writes);
  expect(order).toEqual([
    'first done',
    'second done',
    'third done',
    'first answered',
    'second answered',
    'third answered',
  ]);
});

test('a write that fails leaves the others of its commit as they are', async () => {
  const write = (value: string): Promise<void> =>
    queue.run(async () => {
      connection.run('INSERT INTO t VALUES (?)', [value]);
    });
  const outcomes = await Promise.allSettled([write('a'), write('a'), write('b')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(connection.run('SELECT a FROM t ORDER BY a', []).rows).toEqual([{ a: 'a' }, { a: 'b' }]);
});
