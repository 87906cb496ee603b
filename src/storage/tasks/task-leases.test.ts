import { beforeEach, expect, test } from 'vitest';
import { describeStorage } from '../../../tests/support/engines.ts';
import { claimTask, releaseTask, renewLease } from './task-leases.ts';
import { findTask, insertTask, TaskLost, updateTask } from './tasks.ts';

describeStorage('task leases', (database) => {
  let number = 0;
  beforeEach(async () => {
    await database().write(async ({ query }) => {
      await query.deleteFrom('task').execute();
    });
  });

  async function add(sourceId: string | null): Promise<string> {
    number += 1;
    const id = `task-${String(number).padStart(6, '0')}`;
    await database().write((transaction) =>
      insertTask(
        transaction,
        {
          id,
          type: 'CLOUD_GROUP_AGGREGATION',
          uniqueName: 'Test',
          description: 'Test',
          launcher: 'Test',
          sourceId,
          parameters: {},
          attributes: {},
          actorId: null,
          clientId: null,
          trackingId: null,
        },
        number,
      ),
    );
    return id;
  }

  async function claim(worker: string, now = 1000): Promise<string | undefined> {
    return (await claimTask(database(), { worker, now, leaseExpires: now + 100 }))?.id;
  }

  async function finish(id: string, worker: string): Promise<void> {
    await database().write((transaction) =>
      updateTask(transaction, { id, worker }, { completionStatus: 'SUCCESS', completed: 1 }, 1),
    );
  }

  test('of one source the oldest runs, then the next; other sources do not wait', async () => {
    const [first, second, other] = [await add('a'), await add('a'), await add('b')];
    expect(await claim('x')).toBe(first);
    expect(await claim('y')).toBe(other);
    expect(await claim('z')).toBeUndefined();
    await finish(first, 'x');
    expect(await claim('z')).toBe(second);
  });

  test('many workers that ask at once get one task each', async () => {
    const added = [await add('a'), await add('b'), await add('c')];
    const claimed = await Promise.all(['v', 'w', 'x', 'y', 'z'].map((worker) => claim(worker)));
    expect(claimed.filter((id) => id !== undefined).toSorted()).toEqual(added);
  });

  test('a lapsed lease is taken over, and the former worker can write nothing any more', async () => {
    const id = await add('a');
    expect(await claim('x', 1000)).toBe(id);
    expect(await claim('y', 1050)).toBeUndefined();
    expect(await renewLease(database(), id, 'x', 1200)).toBe(true);
    expect(await claim('y', 1150)).toBeUndefined();
    expect(await claim('y', 1201)).toBe(id);
    expect(await renewLease(database(), id, 'x', 2000)).toBe(false);
    await expect(finish(id, 'x')).rejects.toThrow(TaskLost);
    await finish(id, 'y');
    await expect(finish(id, 'y')).rejects.toThrow(TaskLost);
    expect(await findTask(database().keyed, id)).toMatchObject({ completionStatus: 'SUCCESS', attempts: 2 });
  });

  test('a pause is no failed attempt, a breakdown is one', async () => {
    const id = await add('a');
    for (let pause = 0; pause < 5; pause += 1) {
      expect(await claim('x')).toBe(id);
      await releaseTask(database(), id, 'x', true);
    }
    expect(await findTask(database().keyed, id)).toMatchObject({ attempts: 0, worker: null });
    expect(await claim('x')).toBe(id);
    await releaseTask(database(), id, 'x', false);
    expect(await findTask(database().keyed, id)).toMatchObject({ attempts: 1, completed: null });
  });
});
