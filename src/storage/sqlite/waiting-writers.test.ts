import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWriter, type PreparingConnection } from './connection.ts';
import { WaitingWriters } from './waiting-writers.ts';
import { WriteQueue } from './write-queue.ts';

const atOnce = async (): Promise<void> => undefined;
let folder = '';
let requests: PreparingConnection;
let task: PreparingConnection;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muniment-test-'));
  const file = join(folder, 'muniment.sqlite');
  [requests, task] = [openWriter(file), openWriter(file)];
});
afterEach(() => {
  requests.close();
  task.close();
  rmSync(folder, { recursive: true });
});

test('a batch starts when no writer waits for the lock, or after a timeout', async () => {
  const waitingWriters = new WaitingWriters();
  const queue = new WriteQueue(task, new WaitingWriters(waitingWriters.shared), atOnce);
  let isOver = false;
  waitingWriters.add();
  const first = queue.run(async () => isOver, true);
  await sleep(20);
  isOver = true;
  waitingWriters.remove();
  expect(await first).toBe(true);
  waitingWriters.add();
  expect(await queue.run(async () => 'in the end', true)).toBe('in the end');
});

test('a write counts as waiting until it has the lock', async () => {
  const waitingWriters = new WaitingWriters();
  const waiting = new Int32Array(waitingWriters.shared);
  const queue = new WriteQueue(requests, waitingWriters, atOnce);
  task.raw.exec('BEGIN IMMEDIATE');
  const write = queue.run(async () => Atomics.load(waiting, 0));
  await sleep(20);
  expect(Atomics.load(waiting, 0)).toBe(1);
  task.raw.exec('COMMIT');
  expect(await write).toBe(0);
});

test('batches do not wait for a thread that died while waiting', async () => {
  const waitingWriters = new WaitingWriters();
  const waiting = new Int32Array(waitingWriters.shared);
  const dying = new WriteQueue(task, new WaitingWriters(waitingWriters.shared), atOnce);
  requests.raw.exec('BEGIN IMMEDIATE');
  const write = dying.run(async () => 'written');
  await sleep(20);
  expect(Atomics.load(waiting, 0)).toBe(0);
  requests.raw.exec('COMMIT');
  expect(await write).toBe('written');
  expect(Atomics.load(waiting, 0)).toBe(0);
});
