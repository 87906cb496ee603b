import { expect, test } from 'vitest';
import { addEntitlements, addSource } from '../../../tests/support/catalogue.ts';
import { TestClock } from '../../../tests/support/clock.ts';
import { describeOnEngines, describeStorage } from '../../../tests/support/engines.ts';
import { startTestServer } from '../../../tests/support/server.ts';
import { recordChanges } from '../../storage/changes/changes.ts';
import type { Database } from '../../storage/database.ts';
import { nextJobTime } from '../../storage/jobs/job-leases.ts';
import { migrate } from '../../storage/migrate.ts';
import { openDatabase } from '../../storage/open-database.ts';
import { deleteOldChanges } from './change-retention.ts';
import { getEntitlementAt, listEntitlementHistory } from '../entitlements/entitlement-history.ts';

const day = 86_400_000;
const everything = { condition: undefined, sorts: [], offset: 0, limit: 250, after: undefined, count: true };
const origin = { actorId: null, clientId: null, taskId: null, trackingId: null };

/** Records a change of an entitlement's description at each of these times. */
async function describeAt(database: Database, objectId: string, times: readonly number[]): Promise<void> {
  for (const [index, time] of times.entries()) {
    await database.write((transaction) =>
      recordChanges(transaction, origin, time, [
        {
          objectType: 'ENTITLEMENT',
          objectId,
          kind: 'updated',
          before: { description: `${index}` },
          after: { description: `${index + 1}` },
        },
      ]),
    );
  }
}

describeStorage('deleteOldChanges', (database) => {
  test('removes older changes and keeps those that reconstruct later states', async () => {
    const source = await addSource(database(), 'Old');
    const [id = ''] = await addEntitlements(database(), [
      { source_id: source, value: 'v', source_description: '4', created: 1000, modified: 4000 },
    ]);
    // The clock was set back once: changes are ordered by number.
    await describeAt(database(), id, [2000, 3000, 2500, 4000]);
    const descriptionAt = async (time: number): Promise<string | null> =>
      (await getEntitlementAt(database(), id, time)).fields.description;
    const told = async (): Promise<(string | null)[]> => Promise.all([2999, 3000, 3999, 4000, 9000].map(descriptionAt));
    expect([await descriptionAt(1000), await descriptionAt(2000)]).toEqual(['0', '1']);
    const before = await told();
    expect(before).toEqual(['1', '3', '3', '4', '4']);
    await expect(getEntitlementAt(database(), id, 999)).rejects.toThrow(/There was no entitlement/);

    expect(await deleteOldChanges(database(), 2700)).toBe(1);
    expect(await told()).toEqual(before);
    expect(await getEntitlementAt(database(), id, 2700)).toMatchObject({ modified: null });
    expect(await getEntitlementAt(database(), id, 3000)).toMatchObject({ modified: 2500 });
    await expect(getEntitlementAt(database(), id, 2699)).rejects.toThrow(
      'The state at 1970-01-01T00:00:02.699Z is no longer recorded: changes are kept since 1970-01-01T00:00:02.700Z',
    );
    // An earlier time, as after the setting was increased, restores nothing.
    expect(await deleteOldChanges(database(), 2600)).toBe(0);
    await expect(getEntitlementAt(database(), id, 2650)).rejects.toThrow(/no longer recorded/);

    expect(await deleteOldChanges(database(), 10_000)).toBe(3);
    expect(await getEntitlementAt(database(), id, 10_000)).toMatchObject({ fields: { description: '4' } });
    // No changes are left, but the entitlement exists.
    expect(await listEntitlementHistory(database(), id, everything)).toEqual({ changes: [], total: 0 });
  });

  test('removes changes in several transactions, and stops when aborted', async () => {
    const changes = Array.from({ length: 2500 }, (_, index) => ({
      objectType: 'ENTITLEMENT' as const,
      objectId: `many${index}`,
      kind: 'created' as const,
      before: null,
      after: {},
    }));
    await database().write((transaction) => recordChanges(transaction, origin, 20_000, changes));
    expect(await deleteOldChanges(database(), 30_000, AbortSignal.abort())).toBe(0);
    expect(await deleteOldChanges(database(), 30_000)).toBe(2500);
  });
});

describeOnEngines('MUNIMENT_CHANGE_RETENTION_DAYS', (make) => {
  test('removes old changes when the server starts and every day', async () => {
    const empty = await make();
    const database = await openDatabase({ url: empty.url, readers: 1 });
    try {
      await migrate(database);
      await describeAt(database, 'old', [0, Date.now() - 3 * day, Date.now() - day / 2]);
      const clock = new TestClock();
      const server = await startTestServer(empty, { changeRetentionDays: '1' }, { clock });
      try {
        const path = '/muniment/v1/changes?filters=objectId+eq+"old"';
        const remaining = async (): Promise<number> => (await server.api.get(path)).body.length;
        await expect.poll(remaining, { timeout: 10_000 }).toBe(1);
        const due = (): Promise<number | undefined> => nextJobTime(database.keyed, clock.now());
        await expect.poll(due, { timeout: 10_000 }).toBe(clock.now() + day);
        clock.advance(day);
        await expect.poll(remaining, { timeout: 10_000 }).toBe(0);
        const text = (await server.api.get('/metrics')).body;
        expect(text).toMatch(/muniment_jobs\{lane="maintenance",state="failed"\} 0/);
        expect(text).toMatch(/muniment_jobs\{lane="tasks",state="running"\} 0/);
      } finally {
        await server.stop();
      }
    } finally {
      await database.close();
      await empty.remove();
    }
  });
});
