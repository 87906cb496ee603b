import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWriter, type PreparingConnection } from './connection.ts';
import { WaitingWriters } from './waiting-writers.ts';
import { WriteQueue } from './write-queue.ts';

let folder: string;
let connection: PreparingConnection;
let queue: WriteQueue;
/** The promise that a flush waits for. */
let disk: Promise<void>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muniment-test-'));
  connection = openWriter(join(folder, 'muniment.sqlite'));
  connection.run('CREATE TABLE t (a UNIQUE)', []);
  disk = Promise.resolve();
  queue = new WriteQueue(connection, new WaitingWriters(), () => disk);
});
afterEach(() => {
  connection.close();
  rmSync(folder, { recursive: true });
});

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

// The queue gathers writes for a few milliseconds, and a tick on a busy machine may take longer.
test(
  'writes that arrive in consecutive ticks share a commit: none resolves before the last is done',
  { retry: 9 },
  async () => {
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
  },
);

function insert(value: string, isBatch = false): Promise<void> {
  return queue.run(async () => {
    connection.run('INSERT INTO t VALUES (?)', [value]);
  }, isBatch);
}

/** A disk whose flushes are pending until released. */
function slowDisk(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  disk = promise;
  return resolve;
}

test('a write resolves when it is on disk, while the next one runs; a batch does not wait', async () => {
  const done = slowDisk();
  const order: string[] = [];
  const first = insert('a').then(() => order.push('a'));
  await nextTurn();
  const batch = insert('b', true).then(() => order.push('b'));
  await batch;
  expect(connection.run('SELECT a FROM t ORDER BY a', []).rows).toEqual([{ a: 'a' }, { a: 'b' }]);
  expect(order).toEqual(['b']);
  const idle = queue.idle().then(() => order.push('idle'));
  await nextTurn();
  expect(order).toEqual(['b']);
  done();
  await Promise.all([first, idle]);
  expect(order).toEqual(['b', 'a', 'idle']);
});

test('a write whose flush failed is rejected', async () => {
  const unlucky = new WriteQueue(connection, new WaitingWriters(), async () => {
    throw new Error('EIO');
  });
  await expect(unlucky.run(async () => 'written')).rejects.toThrow('EIO');
});

test('a failure of the first write does not affect the others', async () => {
  await insert('a');
  const outcomes = await Promise.allSettled([insert('a'), insert('b')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(connection.run('SELECT a FROM t ORDER BY a', []).rows).toEqual([{ a: 'a' }, { a: 'b' }]);
});

test('a job that fails before it has written causes no rollback', async () => {
  let runs = 0;
  const good = (value: string): Promise<void> =>
    queue.run(async () => {
      runs += 1;
      connection.run('INSERT INTO t VALUES (?)', [value]);
    });
  const refused = queue.run(async () => {
    connection.run('SELECT a FROM t', []);
    throw new Error('412');
  });
  const outcomes = await Promise.allSettled([refused, good('a'), refused, good('b')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled']);
  expect(runs).toBe(2);
});

test('a failing write does not affect the others of its commit', async () => {
  const outcomes = await Promise.allSettled([insert('a'), insert('a'), insert('b')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(connection.run('SELECT a FROM t ORDER BY a', []).rows).toEqual([{ a: 'a' }, { a: 'b' }]);
});

describe('a commit that SQLite rejects', () => {
  beforeEach(() => {
    connection.run('CREATE TABLE p (id PRIMARY KEY)', []);
    // Checked at the commit, not with the statement.
    connection.run('CREATE TABLE c (p REFERENCES p DEFERRABLE INITIALLY DEFERRED)', []);
  });

  const good = (value: string, isBatch = false): Promise<string> =>
    queue.run(async () => {
      connection.run('INSERT INTO t VALUES (?)', [value]);
      return value;
    }, isBatch);
  const uncommittable = (isBatch = false): Promise<void> =>
    queue.run(async () => {
      connection.run('INSERT INTO c VALUES (?)', ['nobody']);
    }, isBatch);
  const refused = { status: 'rejected', reason: { code: 'SQLITE_CONSTRAINT_FOREIGNKEY' } };
  const kept = (): unknown[] =>
    connection.run('SELECT a FROM t ORDER BY a', []).rows.map((row) => (row as { a: string }).a);

  test('resolves no job of its group, and is rolled back', async () => {
    const outcomes = await Promise.allSettled([good('a'), uncommittable(), good('b')]);
    expect(outcomes).toMatchObject([refused, refused, refused]);
    expect(connection.raw.inTransaction).toBe(false);
    expect(kept()).toEqual([]);
  });

  test('fails a batch on its own', async () => {
    const outcomes = await Promise.allSettled([good('a'), uncommittable(true), good('b'), good('c', true)]);
    expect(outcomes).toMatchObject([
      { status: 'fulfilled', value: 'a' },
      refused,
      { status: 'fulfilled', value: 'b' },
      { status: 'fulfilled', value: 'c' },
    ]);
    expect(kept()).toEqual(['a', 'b', 'c']);
  });

  test('does not affect later writes', async () => {
    await expect(uncommittable()).rejects.toMatchObject(refused.reason);
    expect(await good('d')).toBe('d');
    await expect(uncommittable(true)).rejects.toMatchObject(refused.reason);
    expect(await good('e', true)).toBe('e');
    expect(kept()).toEqual(['d', 'e']);
  });
});
