import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { repeatedText } from '../../../tests/support/repeated-text.ts';
import type { Database, ReadText } from '../database.ts';
import { openSqliteDatabase } from './sqlite-database.ts';

let folder = '';
let database: Database;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muniment-test-'));
  database = openSqliteDatabase(join(folder, 'muniment.sqlite'), 2);
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

function read(text: string, times: number): Promise<ReadText> {
  return database.readText(repeatedText, { text, times });
}

function isShared({ bytes }: ReadText): boolean {
  return bytes.buffer instanceof SharedArrayBuffer;
}

test('a text is written into a shared buffer, which is reused after its release', async () => {
  const first = await read('é', 3);
  expect(String(first.bytes)).toBe('ééé');
  const second = await read('b', 2);
  expect(String(first.bytes)).toBe('ééé');
  expect(second.bytes.buffer).not.toBe(first.bytes.buffer);
  first.release();
  const third = await read('c', 1);
  expect(String(third.bytes)).toBe('c');
  expect(third.bytes.buffer).toBe(first.bytes.buffer);
});

test('a text that does not fit into a buffer is transferred', async () => {
  const large = await read('é', 300_000);
  expect(isShared(large)).toBe(false);
  expect(String(large.bytes)).toBe('é'.repeat(300_000));
  large.release();
  expect(isShared(await read('a', 1))).toBe(true);
});

test('more texts than there are buffers are read at the same time', async () => {
  const texts = await Promise.all(Array.from({ length: 40 }, (_, index) => read(`${index},`, index)));
  expect(texts.map(({ bytes }) => String(bytes))).toEqual(texts.map((_, index) => `${index},`.repeat(index)));
  expect(texts.filter(isShared)).toHaveLength(32);
});

test('a job that fails releases its buffer', async () => {
  for (let attempt = 0; attempt < 40; attempt += 1) {
    await expect(read('a', -1)).rejects.toThrow('less than never');
  }
  expect(isShared(await read('a', 1))).toBe(true);
});
