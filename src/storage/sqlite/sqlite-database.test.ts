import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database, Session } from '../database.ts';
import { openSqliteDatabase } from './sqlite-database.ts';

let folder = '';
let file = '';
let database: Database;
/** Called for each flush of the WAL. */
let flush: () => Promise<void>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muniment-test-'));
  file = join(folder, 'muniment.sqlite');
  flush = async () => undefined;
  database = openSqliteDatabase(file, 0, undefined, () => flush());
  await database.write((transaction) => transaction.run('CREATE TABLE t (a)', []));
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

function insert(session: Session): Promise<unknown> {
  return session.run('INSERT INTO t VALUES (1)', []);
}

async function count(session: Session): Promise<unknown> {
  return (await session.run<{ n: number }>('SELECT count(*) AS n FROM t', []))[0]?.n;
}

test('a write resolves when the WAL is on disk, a batch earlier', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  flush = () => promise;
  const order: string[] = [];
  const write = database.write(insert).then(() => order.push('write'));
  await database.writeBatch(insert).then(() => order.push('batch'));
  await nextTurn();
  expect(order).toEqual(['batch']);
  resolve();
  await write;
  expect(order).toEqual(['batch', 'write']);
});

test('a write is visible to its caller, even in the tick of another read', async () => {
  const writes = ['write', 'writeBatch'] as const;
  for (const [index, name] of writes.entries()) {
    const written = database[name](insert);
    const readers = setInterval(() => void count(database.keyed), 0);
    await written;
    clearInterval(readers);
    expect(await count(database.keyed)).toBe(index + 1);
  }
});

test('after a failed flush a write resolves only when it is in the database file', async () => {
  flush = async () => {
    throw new Error('EIO');
  };
  await expect(database.write(insert)).rejects.toMatchObject({ code: 'EIO' });
  // The system reports it once, and treats the pages as written.
  flush = async () => undefined;
  await database.write(insert);
  const alone = join(folder, 'alone.sqlite');
  copyFileSync(file, alone);
  const copy = openSqliteDatabase(alone, 0);
  expect(await count(copy.keyed)).toBe(2);
  await copy.close();
});

test('a task undoes statements from memory: its inserts, which fire triggers, write no temporary file', async () => {
  const [row] = await database.write(({ run }) => run<{ temp_store: number }>('PRAGMA temp_store', []));
  expect(row).toEqual({ temp_store: 2 });
});
