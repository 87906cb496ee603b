import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openWriter } from './connection.ts';
import { LockWishes } from './lock-wishes.ts';
import { WriteQueue } from './write-queue.ts';

test('a task that writes batch after batch lets a waiting write go next, and commits without waiting for the disk', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muniment-test-'));
  const file = join(folder, 'muniment.sqlite');
  const [requests, task] = [openWriter(file), openWriter(file)];
  const wishes = new LockWishes();
  const requestQueue = new WriteQueue(requests, wishes);
  const taskQueue = new WriteQueue(task, new LockWishes(wishes.shared));
  const order: string[] = [];
  const level = (): unknown => task.raw.pragma('synchronous', { simple: true });
  try {
    const batch = (name: string): Promise<void> =>
      taskQueue.run(async () => {
        await sleep(30);
        expect(level()).toBe(1);
        order.push(name);
      }, true);
    const batches = Promise.all(['batch 1', 'batch 2', 'batch 3'].map(batch));
    await sleep(10);
    await requestQueue.run(async () => order.push('request'));
    await batches;
    expect(order).toEqual(['batch 1', 'request', 'batch 2', 'batch 3']);
    await taskQueue.run(async () => expect(level()).toBe(2));
  } finally {
    requests.close();
    task.close();
    rmSync(folder, { recursive: true });
  }
});
