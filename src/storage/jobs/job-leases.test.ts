import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { describeStorage } from '../../../tests/support/engines.ts';
import type { Database } from '../database.ts';
import { claimJob, completeJob, failJob, nextJobTime, pauseJob, releaseAllJobs, renewLease } from './job-leases.ts';
import { enqueueJob, type Job, type NewJob } from './jobs.ts';

describeStorage('job leases', (database) => {
  beforeEach(async () => {
    await database().write(({ query }) => query.deleteFrom('job').execute());
  });

  function enqueue(key: string, job: Partial<NewJob> = {}, now = 1): Promise<void> {
    const whole = { key, kind: 'kind', lane: 'lane', sequence: null, payload: {}, due: 0, ...job };
    return database().write((transaction) => enqueueJob(transaction, whole, now));
  }

  function claim(
    lease: string,
    now = 1000,
    fullLanes: readonly string[] = [],
    running: readonly string[] = [],
  ): Promise<Job | undefined> {
    return claimJob(database(), { lease, now, leaseExpires: now + 100, kinds: ['kind'], fullLanes, running });
  }

  async function claimed(lease: string, now = 1000): Promise<Job> {
    const job = await claim(lease, now);
    expect(job).toBeDefined();
    return job as Job;
  }

  test('the jobs of a sequence run one after the other, the oldest first; other jobs do not wait', async () => {
    await enqueue('second', { sequence: 'a' }, 2);
    await enqueue('first', { sequence: 'a' }, 1);
    await enqueue('other', { sequence: 'b' }, 3);
    await enqueue('alone', {}, 4);
    const first = await claimed('x');
    expect(first.key).toBe('first');
    expect((await claimed('y')).key).toBe('other');
    expect((await claimed('y')).key).toBe('alone');
    expect(await claim('z')).toBeUndefined();
    // A failed job keeps its place.
    await failJob(database(), first, 'wrong', 2000);
    expect(await claim('z')).toBeUndefined();
    await completeJob(database(), await claimed('x', 2000), undefined);
    expect((await claimed('z')).key).toBe('second');
  });

  test('an older job that appears while a younger one of its sequence runs waits for the end of that', async () => {
    await enqueue('b', { sequence: 's' }, 1001);
    const younger = await claimed('x', 1002);
    await enqueue('a', { sequence: 's' }, 1000);
    expect(await claim('y', 1003)).toBeUndefined();
    await completeJob(database(), younger, undefined);
    expect((await claimed('y', 1004)).key).toBe('a');
  });

  test('an older job whose younger one has an expired lease is claimed, and the younger one loses its lease', async () => {
    await enqueue('b', { sequence: 's' }, 1001);
    const younger = await claimed('x', 1002);
    await enqueue('a', { sequence: 's' }, 1000);
    expect(await claim('y', 1102, [], ['b'])).toBeUndefined();
    expect((await claimed('y', 1102)).key).toBe('a');
    expect(await renewLease(database(), younger, 9000)).toBe(false);
  });

  test('a claim sees a concurrent claim of the same sequence', async () => {
    await enqueue('b', { sequence: 's' }, 1001);
    const claiming = Promise.withResolvers<void>();
    const committing = Promise.withResolvers<void>();
    const slow: Database = {
      ...database(),
      write: (work) =>
        database().write(async (transaction) => {
          const result = await work(transaction);
          claiming.resolve();
          await committing.promise;
          return result;
        }),
    };
    const first = claimJob(slow, {
      lease: 'x',
      now: 1002,
      leaseExpires: 1102,
      kinds: ['kind'],
      fullLanes: [],
      running: [],
    });
    await claiming.promise;
    // Where writers exclude each other, this waits for the first claim, too.
    const older = enqueue('a', { sequence: 's' }, 1000);
    await Promise.race([older, sleep(100)]);
    const second = claim('y', 1003);
    await Promise.race([second, sleep(100)]);
    committing.resolve();
    await older;
    expect((await first)?.key).toBe('b');
    expect(await second).toBeUndefined();
  });

  test('concurrent claims of several servers get different jobs', async () => {
    for (const key of ['a', 'b', 'c']) {
      await enqueue(key);
    }
    const jobs = await Promise.all(['v', 'w', 'x', 'y', 'z'].map((lease) => claim(lease)));
    expect(jobs.flatMap((job) => job?.key ?? []).toSorted()).toEqual(['a', 'b', 'c']);
  });

  test('a job waits until it is due and its lane has room', async () => {
    await enqueue('later', { due: 1500, payload: { some: 'thing' } });
    expect(await claim('x')).toBeUndefined();
    expect(await nextJobTime(database().keyed, 1000)).toBe(1500);
    expect(await claim('x', 1500, ['lane', 'other'])).toBeUndefined();
    expect(await claim('x', 1500, ['other'])).toMatchObject({ key: 'later', attempts: 1, payload: { some: 'thing' } });
    expect(await nextJobTime(database().keyed, 1500)).toBe(1600);
    expect(await nextJobTime(database().keyed, 1600)).toBeUndefined();
  });

  test('a job with an expired lease can be claimed, and the old lease cannot change it any more', async () => {
    await enqueue('job');
    const lost = await claimed('x');
    expect(await claim('y', 1050)).toBeUndefined();
    expect(await renewLease(database(), lost, 1200)).toBe(true);
    expect(await claim('y', 1150)).toBeUndefined();
    expect(await claim('x', 1200, [], ['job'])).toBeUndefined();
    expect(await claim('y', 1199)).toBeUndefined();
    const job = await claimed('y', 1200);
    expect(job.attempts).toBe(2);
    expect(await renewLease(database(), lost, 9000)).toBe(false);
    await completeJob(database(), lost, undefined);
    await failJob(database(), lost, 'lost', 0);
    await pauseJob(database(), lost);
    expect(await claim('z', 1250)).toBeUndefined();
    expect(await renewLease(database(), job, 1400)).toBe(true);
    await completeJob(database(), job, undefined);
    expect(await claim('z', 9000)).toBeUndefined();
  });

  test('a pause does not count as an attempt, a failure does; its error is stored until the next success', async () => {
    const stored = (): Promise<unknown> =>
      database().keyed.query.selectFrom('job').select(['attempts', 'error', 'due', 'lease']).executeTakeFirst();
    await enqueue('job');
    for (let pause = 0; pause < 5; pause += 1) {
      await pauseJob(database(), await claimed('x'));
    }
    await failJob(database(), await claimed('x'), 'No room.', 2000);
    expect(await stored()).toEqual({ attempts: 1, error: 'No room.', due: 2000, lease: null });
    await completeJob(database(), await claimed('x', 2000), 5000);
    expect(await stored()).toEqual({ attempts: 0, error: null, due: 5000, lease: null });
    await completeJob(database(), await claimed('x', 5000), undefined);
    expect(await stored()).toBeUndefined();
  });

  test('a key has one job: enqueued again, a waiting job runs at the earlier time, a running one runs once more', async () => {
    await enqueue('job', { due: 3000 });
    await enqueue('job', { due: 4000 });
    expect(await claim('x', 2999)).toBeUndefined();
    await enqueue('job', { due: 2000 });
    const running = await claimed('x', 2000);
    await enqueue('job', { due: 2500 });
    expect(await claim('y', 2050)).toBeUndefined();
    await completeJob(database(), running, undefined);
    expect(await claim('y', 2499)).toBeUndefined();
    await completeJob(database(), await claimed('y', 2500), undefined);
    expect(await claim('z', 9000)).toBeUndefined();
  });

  test('all jobs can be released at once', async () => {
    await enqueue('job');
    await claimed('x');
    await releaseAllJobs(database());
    expect((await claimed('y')).attempts).toBe(2);
  });
});
