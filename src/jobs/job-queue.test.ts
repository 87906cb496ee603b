import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestClock } from '../../tests/support/clock.ts';
import { describeOnEngines, describeOnPostgres, type EmptyDatabase } from '../../tests/support/engines.ts';
import { listFailedJobs } from '../storage/jobs/job-figures.ts';
import { enqueueJob, type Job } from '../storage/jobs/jobs.ts';
import type { Database } from '../storage/database.ts';
import { migrate } from '../storage/migrate.ts';
import { openDatabase } from '../storage/open-database.ts';
import type { JobKind } from './job-kind.ts';
import { JobQueue } from './job-queue.ts';

const lease = 60_000;
const second = 1000;

/** A job kind whose runs end when the test says so. */
class HeldKind implements JobKind {
  readonly begun: string[] = [];
  readonly #ends = new Map<string, PromiseWithResolvers<number | undefined>>();

  async run({ key }: Job, signal: AbortSignal): Promise<number | undefined> {
    const end = Promise.withResolvers<number | undefined>();
    this.#ends.set(key, end);
    this.begun.push(key);
    signal.addEventListener('abort', () => end.reject(signal.reason as Error));
    return end.promise;
  }

  end(key: string, next?: number): void {
    this.#ends.get(key)?.resolve(next);
  }

  fail(key: string): void {
    this.#ends.get(key)?.reject(new Error('It went wrong.'));
  }
}

describeOnEngines('the job queue', (make) => {
  let empty: EmptyDatabase;
  let database: Database;
  let clock: TestClock;
  let kind: HeldKind;
  const queues: JobQueue[] = [];
  beforeEach(async () => {
    empty = await make();
    database = await openDatabase({ url: empty.url, readers: 0 });
    await migrate(database);
    clock = new TestClock();
    kind = new HeldKind();
  });
  afterEach(async () => {
    await Promise.all(queues.splice(0).map((queue) => queue.stop()));
    await database.close();
    await empty.remove();
  });

  async function start(): Promise<JobQueue> {
    const log = pino({ level: 'silent' });
    const queue = new JobQueue({ database, clock, log, kinds: { held: kind }, lanes: { tasks: 2 }, lease });
    queues.push(queue);
    await queue.start();
    return queue;
  }

  async function enqueue(key: string, job: { lane?: string; sequence?: string; due?: number; kind?: string } = {}) {
    const whole = { key, kind: 'held', lane: 'tasks', sequence: null, payload: {}, due: clock.now(), ...job };
    await database.write((transaction) => enqueueJob(transaction, whole, clock.now()));
    // Jobs created at the same time would be ordered by key.
    clock.advance(1);
  }

  async function begun(...keys: readonly string[]): Promise<void> {
    await expect.poll(() => kind.begun).toEqual(keys);
  }

  async function waiting(milliseconds: number): Promise<void> {
    await expect.poll(() => clock.hasTimerIn(milliseconds)).toBe(true);
  }

  async function remaining(): Promise<string[]> {
    return (await database.keyed.query.selectFrom('job').select('key').orderBy('key').execute()).map(({ key }) => key);
  }

  test('runs enqueued jobs at once, up to the limit of their lane', async () => {
    await start();
    await enqueue('a', { sequence: 's' });
    await enqueue('b', { sequence: 's' });
    await enqueue('c');
    await enqueue('d');
    await begun('a', 'c');
    // Another lane does not wait for them.
    await enqueue('timer', { lane: 'maintenance' });
    await enqueue('next timer', { lane: 'maintenance' });
    await begun('a', 'c', 'timer');
    kind.end('a');
    await begun('a', 'c', 'timer', 'b');
    kind.end('c');
    await begun('a', 'c', 'timer', 'b', 'd');
    kind.end('timer');
    await begun('a', 'c', 'timer', 'b', 'd', 'next timer');
    expect(await remaining()).toEqual(['b', 'd', 'next timer']);
  });

  test('runs a job when it is due, and again at the time that it returns', async () => {
    await start();
    await enqueue('daily', { due: clock.now() + 3 * second });
    await waiting(3 * second - 1);
    clock.advance(2 * second);
    expect(kind.begun).toEqual([]);
    clock.advance(second);
    await begun('daily');
    kind.end('daily', clock.now() + 20 * second);
    await waiting(20 * second);
    clock.advance(20 * second);
    await begun('daily', 'daily');
    kind.end('daily');
    await expect.poll(remaining).toEqual([]);
  });

  test('retries a failed job with increasing delays, and stores its error', async () => {
    await start();
    await enqueue('job');
    for (const [attempts, wait] of [1, 2, 4, 8].entries()) {
      await expect.poll(() => kind.begun.length).toBe(attempts + 1);
      kind.fail('job');
      const due = clock.now() + wait * second;
      await expect
        .poll(() => listFailedJobs(database.keyed))
        .toEqual([{ key: 'job', kind: 'held', attempts: attempts + 1, error: 'It went wrong.', due }]);
      await waiting(wait * second);
      clock.advance(wait * second);
    }
    await expect.poll(() => kind.begun.length).toBe(5);
    kind.end('job');
    await expect.poll(remaining).toEqual([]);
  });

  test('leaves a job of an unknown kind to a server that knows it', async () => {
    await start();
    await enqueue('new', { kind: 'from a later version' });
    await enqueue('known');
    await begun('known');
    expect(await database.keyed.query.selectFrom('job').select(['key', 'attempts']).orderBy('key').execute()).toEqual([
      { key: 'known', attempts: 1 },
      { key: 'new', attempts: 0 },
    ]);
  });

  test('pauses running jobs when it stops, and continues them when it starts', async () => {
    const queue = await start();
    await enqueue('job');
    await begun('job');
    await queue.stop();
    expect(await database.keyed.query.selectFrom('job').select(['attempts', 'lease', 'error']).execute()).toEqual([
      { attempts: 0, lease: null, error: null },
    ]);
    await start();
    await begun('job', 'job');
  });

  test('renews the lease of a long job, and stops the job when the lease is lost', async () => {
    await start();
    await enqueue('job');
    await begun('job');
    const expires = async (): Promise<number> =>
      (await database.keyed.query.selectFrom('job').select('lease_expires').executeTakeFirst())?.lease_expires ?? 0;
    for (let renewal = 0; renewal < 10; renewal += 1) {
      clock.advance(lease / 6);
      await expect.poll(expires).toBe(clock.now() + lease);
      await waiting(lease / 6);
    }
    expect(kind.begun).toEqual(['job']);
    // Another server has claimed the job, and does not renew the lease.
    await database.write(({ query }) => query.updateTable('job').set({ lease: 'other' }).execute());
    clock.advance(lease / 6);
    // The job has stopped. It can be claimed when the other server's lease expires.
    await waiting(30 * second);
    clock.advance(lease);
    await begun('job', 'job');
  });

  test('does not claim a job that it is running, even if the lease has expired', async () => {
    await start();
    await enqueue('job');
    await begun('job');
    // The process was suspended, or its clock was set forward.
    await database.write(({ query }) =>
      query
        .updateTable('job')
        .set({ lease_expires: clock.now() - 1 })
        .execute(),
    );
    await enqueue('next');
    await expect.poll(() => kind.begun).toEqual(['job', 'next']);
  });
});

describeOnPostgres('two job queues', (make) => {
  test('run each job once, also if both enqueue the same key', async () => {
    const empty = await make();
    const clock = new TestClock();
    const log = pino({ level: 'silent' });
    const done: string[] = [];
    const run = async ({ key }: Job): Promise<undefined> => {
      await sleep(5);
      done.push(key);
    };
    const servers = await Promise.all(
      [1, 2].map(async () => {
        const database = await openDatabase({ url: empty.url, readers: 0 });
        await migrate(database);
        const queue = new JobQueue({ database, clock, log, kinds: { kind: { run } }, lanes: { lane: 3 }, lease });
        await queue.start();
        return { database, queue };
      }),
    );
    const job = { kind: 'kind', lane: 'lane', sequence: null, payload: {}, due: clock.now() };
    const keys = Array.from({ length: 40 }, (_, number) => `job ${number}`);
    // Both at once: the second one finds the job of the first.
    const later = { ...job, key: 'later', due: clock.now() + second };
    await Promise.all([
      ...servers.map(({ database }) => database.write((transaction) => enqueueJob(transaction, later, clock.now()))),
      ...keys.map((key, number) =>
        servers[number % 2]?.database.write((transaction) => enqueueJob(transaction, { ...job, key }, clock.now())),
      ),
    ]);
    await expect.poll(() => done.toSorted(), { timeout: 10_000 }).toEqual(keys.toSorted());
    await expect.poll(() => clock.hasTimerIn(second)).toBe(true);
    clock.advance(second);
    await expect.poll(() => done.at(-1)).toBe('later');
    await Promise.all(servers.map(({ queue }) => queue.stop()));
    expect(done.toSorted()).toEqual([...keys, 'later'].toSorted());
    await Promise.all(servers.map(({ database }) => database.close()));
    await empty.remove();
  });
});
