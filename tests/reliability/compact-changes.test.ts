import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyToPreviousSchema } from '../../crash/previous-schema.ts';
import { getEntitlementAt } from '../../src/domain/entitlements/entitlement-history.ts';
import { newId } from '../../src/domain/ids.ts';
import { createAccounts, deleteAccounts } from '../../src/storage/accounts/account-aggregation.ts';
import { type ChangeOrigin, recordChanges } from '../../src/storage/changes/changes.ts';
import { findChanges, type RecordedChange } from '../../src/storage/changes/change-lists.ts';
import type { Database } from '../../src/storage/database.ts';
import { createEntitlements, updateEntitlements } from '../../src/storage/entitlements/entitlement-aggregation.ts';
import { deleteEntitlements } from '../../src/storage/entitlements/entitlement-deletion.ts';
import type { SourceTruth } from '../../src/storage/entitlements/entitlement-record.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { addSource } from '../support/catalogue.ts';
import { describeOnEngines, type EmptyDatabase } from '../support/engines.ts';
import { violationsIn } from '../support/invariants.ts';

const migration = '0004-less-disk';
const request = { actorId: newId(), clientId: 'client', taskId: null, trackingId: 'tracking' };
const unrecorded = { actorId: null, clientId: null, taskId: null, trackingId: null };
const kept = newId();
const changed = newId();
const gone = newId();
const returned = newId();
const all = [kept, changed, gone, returned];

function truth(value: string, displayName: string): SourceTruth {
  return {
    value,
    displayName,
    description: `"isListed":true,"displayName": of ${value}`,
    privilege: 'HIGH',
    attributes: JSON.stringify({ id: value, '10': 'ten', '2': displayName, ü: ['b', 'a'] }),
    permissions: JSON.stringify([{ target: 'x', rights: ['y'] }]),
    parents: ['b', 'a'],
    fingerprint: displayName,
  };
}

/** Fills a database with every kind of change that the migration touches. */
async function fill(database: Database, count: number): Promise<void> {
  const sourceId = await addSource(database, 'Directory', { group: null });
  const scope = { sourceId, type: 'group' };
  const task: ChangeOrigin = { actorId: newId(), clientId: newId(), taskId: newId(), trackingId: newId() };
  const other: ChangeOrigin = { ...unrecorded, taskId: newId() };
  await database.write(async (transaction) => {
    const truths = all.map((id) => truth(id, 'first'));
    await createEntitlements(transaction, scope, truths, all, task, 1000);
    const many = Array.from({ length: count }, () => newId());
    await createEntitlements(
      transaction,
      scope,
      many.map((id) => truth(id, 'many')),
      many,
      task,
      1000,
    );
    const update = [{ id: changed, truth: { ...truth(changed, 'second'), parents: [], permissions: null } }];
    await updateEntitlements(transaction, scope, update, other, 2000);
    await deleteEntitlements(transaction, [gone, returned], other, 3000);
    await createEntitlements(transaction, scope, [truth(returned, 'third')], [newId()], task, 4000);
    const told = {
      nativeIdentity: 'ada',
      name: 'Ada',
      uuid: null,
      description: null,
      disabled: false,
      locked: true,
      attributes: { groups: [kept] },
      entitlements: [{ type: 'group', value: kept }],
      fingerprint: 'x',
    };
    const accounts = ['ada', 'bob'].map((nativeIdentity) => ({
      id: newId(),
      truth: { ...told, nativeIdentity },
      entitlementIds: [kept],
    }));
    await createAccounts(transaction, sourceId, accounts, request, 5000);
    await deleteAccounts(transaction, [accounts[1]?.id ?? ''], request, 6000);
    await recordChanges(transaction, request, 7000, [
      { objectType: 'CLIENT', objectId: 'sixteen bytes id', kind: 'created', before: null, after: { name: 'c' } },
    ]);
  });
}

/** Everything that clients can read of the record. */
async function readable(database: Database): Promise<unknown> {
  const changes: Omit<RecordedChange, 'number'>[] = [];
  const lists = ['ENTITLEMENT', 'ACCOUNT', 'CLIENT'].map((objectType) =>
    findChanges(database.scan, {
      condition: { kind: 'test', field: 'objectType', operator: 'eq', values: [objectType] },
      sorts: [{ field: 'number', descending: true }],
      offset: 0,
      limit: 10_000,
      after: undefined,
      count: false,
    }),
  );
  for (const { number: _, ...change } of (await Promise.all(lists)).flat()) {
    changes.push(change);
  }
  const states: unknown[] = [];
  for (const id of all) {
    for (const time of [1000, 1999, 2000, 2999, 3000, 9000]) {
      const state = await getEntitlementAt(database, id, time).catch((error: Error) => error.message);
      states.push(state);
    }
  }
  return { changes, states };
}

describeOnEngines('the migration to the compact record', (make) => {
  const made: EmptyDatabase[] = [];
  let before: unknown;
  async function empty(): Promise<string> {
    const one = await make();
    made.push(one);
    return one.url;
  }
  async function using<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
    const database = await openDatabase({ url, readers: 0 });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  }
  let original = '';
  beforeAll(async () => {
    original = await empty();
    await using(original, async (database) => {
      await migrate(database);
      await fill(database, 1000);
      before = await readable(database);
    });
  });
  afterAll(async () => {
    for (const one of made) {
      await one.remove();
    }
  });

  test('answers every question about the past as before', { timeout: 60_000 }, async () => {
    // The digests agree: what is read back is what was recorded.
    expect((await violationsIn(original)).filter((violation) => violation.includes('digest'))).toEqual([]);
    const url = await empty();
    await copyToPreviousSchema(original, url, migration);
    await using(url, async (database) => {
      const whole = await sql<{ after: string }>`select after from change where object_id = ${kept}`.execute(
        database.keyed.query,
      );
      expect(JSON.parse(whole.rows[0]?.after ?? '')).toMatchObject({ displayName: 'first', parents: ['a', 'b'] });
      await migrate(database);
      expect(await readable(database)).toEqual(before);
      const [one] = await database.keyed.query.selectFrom('change').select('after').limit(1).execute();
      expect(one?.after).toMatch(/^#/);
    });
    expect((await violationsIn(url)).filter((violation) => violation.includes('digest'))).toEqual([]);
  });

  test('numbers go on where they were, even when the last changes were removed', async () => {
    const url = await empty();
    await copyToPreviousSchema(original, url, migration);
    await using(url, async (database) => {
      const [last] = await database.keyed.run<{ number: number }>('SELECT max(number) AS number FROM change', []);
      await database.write(({ query }) => query.deleteFrom('change').execute());
      await migrate(database);
      await database.write((transaction) =>
        recordChanges(transaction, request, 8000, [
          { objectType: 'CLIENT', objectId: 'c', kind: 'deleted', before: {}, after: null },
        ]),
      );
      const [next] = await database.keyed.run<{ number: number }>('SELECT max(number) AS number FROM change', []);
      expect(next?.number).toBeGreaterThan(last?.number ?? Infinity);
    });
  });

  test('killed at any moment, it begins again and ends as if it had not been', { timeout: 120_000 }, async () => {
    const url = await empty();
    await copyToPreviousSchema(original, url, migration);
    for (const delay of [0, 10, 30, 60, 100, 150, 250]) {
      const child = spawn(process.execPath, [fileURLToPath(import.meta.resolve('../support/migrate-process.ts')), url]);
      const ended = once(child, 'exit');
      await Promise.race([once(child.stdout, 'data'), ended]);
      await sleep(delay);
      child.kill('SIGKILL');
      await ended;
    }
    await using(url, async (database) => {
      await migrate(database);
      expect(await readable(database)).toEqual(before);
    });
  });
});
