import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestClock } from '../../tests/support/clock.ts';
import { connectorList } from '../../tests/support/connectors/index.ts';
import { describeOnEngines, type EmptyDatabase } from '../../tests/support/engines.ts';
import { administrator, startTestServer, type TestServer } from '../../tests/support/server.ts';
import { openForReading } from '../storage/open-database.ts';

const halfMinute = 30_000;
const day = 86_400_000;
/** Once a day, half a day from now: a test that takes minutes does not come near it. */
const daily = `0 0 ${new Date(Date.now() + day / 2).getUTCHours()} * * ?`;

describeOnEngines('scheduled aggregations', (make) => {
  let empty: EmptyDatabase;
  let clock: TestClock;
  let server: TestServer;
  let source: string;

  beforeEach(async () => {
    empty = await make();
    clock = new TestClock();
    server = await startTestServer(empty, {}, { clock, connectorList });
    const tokens = await server.api.get('/v2025/personal-access-tokens?owner-id=me');
    const { owner } = tokens.body.find(({ id }: { id: string }) => id === administrator.clientId);
    const role = [{ code: 'r1', title: 'Reader' }];
    const objects = { account: [{ uid: 'ada', roles: ['r1'] }], role, team: [{ id: 't1' }] };
    const { body } = await server.api.send('POST', '/v2025/sources', {
      name: 'HR',
      connector: 'memory-angularsc',
      owner: { ...owner, type: 'IDENTITY' },
      connectorAttributes: { password: 'open sesame', objects },
    });
    source = body.id;
  });
  afterEach(async () => {
    await server.stop();
    await empty.remove();
  });

  const path = (rest = ''): string => `/v2025/sources/${source}/schedules${rest}`;
  const schedule = async (type: string, cronExpression: string): Promise<void> => {
    const { status, body } = await server.api.send('POST', path(), { type, cronExpression });
    expect([status, body]).toEqual([201, { type, cronExpression }]);
  };
  const change = async (value: string): Promise<void> => {
    const patch = [{ op: 'replace', path: '/cronExpression', value }];
    expect((await server.api.send('PATCH', path('/ACCOUNT_AGGREGATION'), patch)).status).toBe(200);
  };
  /** The tasks of the source, newest first. */
  const tasks = async (): Promise<{ launcher: string; completionStatus: string | null }[]> =>
    (await server.api.get(`/v2025/task-status?filters=sourceId eq "${source}"`)).body;
  /** Waits until so many tasks have succeeded, while the clock goes on. */
  const ended = async (count: number): Promise<void> => {
    const succeeded = async (): Promise<number> => {
      clock.advance(halfMinute);
      return (await tasks()).filter(({ completionStatus }) => completionStatus === 'SUCCESS').length;
    };
    await expect.poll(succeeded, { timeout: 20_000 }).toBe(count);
  };
  /** The jobs of schedules, while the clock goes on. */
  const jobs = async (): Promise<{ due: number; attempts: number }[]> => {
    clock.advance(halfMinute);
    const { session, close } = await openForReading(empty.url);
    try {
      const found = session.query.selectFrom('job').select(['due', 'attempts']).where('kind', '=', 'source-schedule');
      return await found.execute();
    } finally {
      await close();
    }
  };

  test('are requested at their times, for accounts and for every entitlement schema', async () => {
    const other = { name: 'team', identityAttribute: 'id', displayAttribute: 'id', attributes: [{ name: 'id' }] };
    expect((await server.api.send('POST', `/v2025/sources/${source}/schemas`, other)).status).toBe(201);
    await schedule('ACCOUNT_AGGREGATION', daily);
    clock.advance(day);
    await ended(1);
    expect(await tasks()).toMatchObject([
      { uniqueName: 'Cloud Account Aggregation', launcher: 'Schedule', attributes: { total: 1 } },
    ]);
    await schedule('GROUP_AGGREGATION', daily);
    clock.advance(day);
    await ended(4);
    clock.advance(day);
    await ended(7);
    expect((await tasks()).filter(({ launcher }) => launcher === 'Schedule')).toHaveLength(7);
  }, 60_000);

  test('follow a change of their schedule and end with it', async () => {
    await schedule('ACCOUNT_AGGREGATION', daily);
    const year = new Date(clock.now()).getUTCFullYear() + 2;
    await change(`0 0 0 1 1 ? ${year}`);
    clock.advance(day);
    // The job has run, and waits for the new time.
    await expect
      .poll(async () => (await jobs()).map(({ due, attempts }) => [new Date(due).toISOString(), attempts]), {
        timeout: 20_000,
      })
      .toEqual([[`${year}-01-01T00:00:00.000Z`, 0]]);
    expect(await tasks()).toEqual([]);
    await change(daily);
    clock.advance(day);
    await ended(1);
    expect((await server.api.send('DELETE', path('/ACCOUNT_AGGREGATION'))).status).toBe(204);
    clock.advance(day);
    await expect.poll(jobs, { timeout: 20_000 }).toEqual([]);
    await ended(1);
  }, 60_000);

  test('are not added while the same one is running', async () => {
    const hang = [{ op: 'add', path: '/connectorAttributes/batchTime', value: 3_600_000 }];
    expect((await server.api.send('PATCH', `/v2025/sources/${source}`, hang)).status).toBe(200);
    await schedule('ACCOUNT_AGGREGATION', daily);
    const [{ due: first = 0 } = {}] = await jobs();
    const times = async (): Promise<number[]> => (await jobs()).map(({ due }) => (due - first) / day);
    for (const passed of [1, 2]) {
      clock.advance(day);
      await expect.poll(times, { timeout: 20_000 }).toEqual([passed]);
      expect(await tasks()).toMatchObject([{ launcher: 'Schedule', completionStatus: null }]);
    }
  }, 60_000);
});
