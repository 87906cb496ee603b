import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { addAccounts, addEntitlements, addSource } from '../../../tests/support/catalogue.ts';
import { changesOf } from '../../../tests/support/changes.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import { addHeldTask } from '../../../tests/support/tasks.ts';
import { holdersOf } from '../../storage/accounts/account-links.ts';
import type { Database, Transaction } from '../../storage/database.ts';
import { findEntitlement } from '../../storage/entitlements/entitlements.ts';
import { findTask, type Task } from '../../storage/tasks/tasks.ts';
import { deleteInBulk } from './bulk-deletion.ts';
import { deleteEntitlement, lockDeletable, mostHolders } from './entitlement-removal.ts';

const context = { actorId: null, clientId: 'client', taskId: null, trackingId: 'tracking' };
const never = new AbortController().signal;

describeStorage('deletion of entitlements', (database) => {
  let source: string;
  beforeAll(async () => {
    source = await addSource(database(), 'Directory');
  });
  let made = 0;
  /** Adds an entitlement that so many accounts hold. Returns the ids. */
  async function addHeld(value: string, holders: number): Promise<{ id: string; accounts: string[] }> {
    const [id = ''] = await addEntitlements(database(), [{ source_id: source, value }]);
    made += holders;
    const accounts = await addAccounts(
      database(),
      Array.from({ length: holders }, (_, index) => ({
        source_id: source,
        native_identity: `account ${made - index}`,
        attributes: JSON.stringify({ groups: [value] }),
        entitlements: [id],
      })),
    );
    return { id, accounts };
  }
  const exists = async (id: string): Promise<boolean> => (await findEntitlement(database().keyed, id)) !== undefined;
  const holders = async (id: string): Promise<number> => (await holdersOf(database().keyed, id, 10_000)).length;
  const bulkDeletion = (ids: readonly string[]): Promise<Task> =>
    addHeldTask(database(), { type: 'ENTITLEMENT_DELETION', sourceId: null, parameters: { ids } });
  const found = async ({ id }: Task): Promise<Task | undefined> => findTask(database().scan, id);

  test('of one entitlement unlinks its accounts, which keep their attributes', async () => {
    const { id, accounts } = await addHeld('one', mostHolders);
    const other = await addHeld('other', 1);
    await deleteEntitlement(database(), id, { ifMatch: 1, context });
    expect(await exists(id)).toBe(false);
    expect(await holders(id)).toBe(0);
    expect(await holders(other.id)).toBe(1);
    const [account = ''] = accounts;
    const row = await database()
      .scan.query.selectFrom('account')
      .select(['attributes', 'has_entitlements', 'version'])
      .where('id', '=', account)
      .executeTakeFirst();
    expect(row).toEqual({ attributes: '{"groups":["one"]}', has_entitlements: 0, version: 2 });
    const [change] = await changesOf(database(), account);
    expect(change).toMatchObject({ kind: 'updated', before: '{"entitlements":{"group":["one"]}}' });
    expect(await changesOf(database(), id)).toMatchObject([{ kind: 'deleted', after: null }]);
  });

  test('leaves the other entitlements of its accounts', async () => {
    const [gone = '', kept = ''] = await addEntitlements(database(), [
      { source_id: source, value: 'gone' },
      { source_id: source, value: 'kept' },
    ]);
    const [account = ''] = await addAccounts(database(), [
      { source_id: source, native_identity: 'both', entitlements: [gone, kept] },
    ]);
    await deleteEntitlement(database(), gone, { ifMatch: undefined, context });
    expect([await holders(gone), await holders(kept)]).toEqual([0, 1]);
    const [change] = await changesOf(database(), account);
    expect(change).toMatchObject({ after: '{"entitlements":{"group":["kept"]}}' });
    const row = await database()
      .scan.query.selectFrom('account')
      .select('has_entitlements')
      .where('id', '=', account)
      .executeTakeFirst();
    expect(row?.has_entitlements).toBe(1);
  });

  test('of one entitlement with very many accounts is rejected and changes nothing', async () => {
    const { id } = await addHeld('many', mostHolders + 1);
    await expect(deleteEntitlement(database(), id, { ifMatch: undefined, context })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('Use the bulk deletion'),
    });
    expect(await holders(id)).toBe(mostHolders + 1);
    await expect(deleteEntitlement(database(), id, { ifMatch: 2, context })).rejects.toMatchObject({ status: 412 });
    await expect(deleteEntitlement(database(), 'nobody', { ifMatch: undefined, context })).rejects.toMatchObject({
      status: 404,
    });
  });

  test('in bulk unlinks any number of accounts, in steps', async () => {
    const big = await addHeld('big', 2 * mostHolders + 1);
    const small = await addHeld('small', 2);
    const task = await bulkDeletion([big.id, 'nobody', small.id]);
    await deleteInBulk(database(), task, never);
    expect(await found(task)).toMatchObject({
      completionStatus: 'WARNING',
      attributes: { entitlementsDeleted: 2, failedItems: [{ id: 'nobody', reason: 'Entitlement not found' }] },
      messages: [{ type: 'WARN', text: 'Entitlement nobody is not deleted: Entitlement not found' }],
    });
    expect([await exists(big.id), await holders(big.id), await exists(small.id)]).toEqual([false, 0, false]);
  });

  test('in bulk continues after an interruption', async () => {
    const big = await addHeld('interrupted', 2 * mostHolders + 1);
    const [last = ''] = await addEntitlements(database(), [{ source_id: source, value: 'last' }]);
    const task = await bulkDeletion(['nobody', big.id, last]);
    const stop = new AbortController();
    await expect(
      deleteInBulk(
        whenever(
          database(),
          async () => (await holders(big.id)) <= mostHolders + 1,
          () => stop.abort(new Error('stop')),
        ),
        task,
        stop.signal,
      ),
    ).rejects.toThrow('stop');
    const interrupted = await found(task);
    expect(interrupted).toMatchObject({ completionStatus: null, parameters: { next: 1, isBegun: true } });
    await deleteInBulk(database(), interrupted as Task, never);
    expect(await found(task)).toMatchObject({
      completionStatus: 'WARNING',
      attributes: { entitlementsDeleted: 2, failedItems: [{ id: 'nobody' }] },
    });
    expect([await exists(big.id), await exists(last)]).toEqual([false, false]);
  });

  test('no task of the source is added meanwhile', async () => {
    const elsewhere = await addSource(database(), 'Locked');
    const [id = ''] = await addEntitlements(database(), [{ source_id: elsewhere, value: 'locked' }]);
    const events: string[] = [];
    let added: Promise<unknown> | undefined;
    await database().write(async (transaction) => {
      await lockDeletable(transaction, id);
      added = addHeldTask(database(), { sourceId: elsewhere }).then(() => events.push('added'));
      await sleep(300);
      events.push('deleted');
    });
    await added;
    expect(events).toEqual(['deleted', 'added']);
  });

  test('is rejected while a task of the source runs, and says so if it has begun', async () => {
    const big = await addHeld('loading', mostHolders + 1);
    const task = await bulkDeletion([big.id]);
    const load = await addHeldTask(database(), { type: 'CLOUD_ACCOUNT_AGGREGATION', sourceId: source });
    const waits = `while task ${load.id} of the source is running`;
    await expect(deleteEntitlement(database(), big.id, { ifMatch: undefined, context })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining(waits),
    });
    await deleteInBulk(database(), { ...task, parameters: { ids: [big.id], next: 0, isBegun: true } }, never);
    expect(await found(task)).toMatchObject({
      completionStatus: 'WARNING',
      attributes: {
        entitlementsDeleted: 0,
        failedItems: [{ id: big.id, reason: expect.stringMatching(/is running.*Some accounts no longer hold it/) }],
      },
    });
    expect(await holders(big.id)).toBe(mostHolders + 1);
  });
});

/** A database that calls `act` after each write after which `is` is true. */
function whenever(database: Database, is: () => Promise<boolean>, act: () => void): Database {
  return {
    keyed: database.keyed,
    scan: database.scan,
    dialect: database.dialect,
    write: async <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> => {
      const result = await database.write(work);
      if (await is()) {
        act();
      }
      return result;
    },
  } as Database;
}
