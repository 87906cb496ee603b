import { expect, test } from 'vitest';
import { describeStorage } from '../../../tests/support/engines.ts';
import type { ListQuery } from '../../list-query.ts';
import { recordChanges } from '../../storage/changes/changes.ts';
import type { Transaction } from '../../storage/database.ts';
import { listChanges } from './changes.ts';

const origin = { actorId: null, clientId: null, taskId: null, trackingId: null };

async function record(transaction: Transaction, objectId: string): Promise<void> {
  const change = { objectType: 'ENTITLEMENT', objectId, kind: 'created', before: null, after: {} } as const;
  await recordChanges(transaction, origin, Date.now(), [change]);
  // What is sent is there once something was read after it.
  await transaction.query.selectFrom('property').select('name').execute();
}

describeStorage('the feed of changes', (database) => {
  async function list(asked: Partial<ListQuery>): Promise<string[]> {
    const all = { condition: undefined, sorts: [], offset: 0, limit: 250, after: undefined, count: true };
    const { changes, total } = await listChanges(database(), { ...all, ...asked });
    expect(total).toBe(changes.length);
    return changes.map(({ objectId }) => objectId);
  }
  const byNumber = [{ field: 'number', descending: false }];

  test('has every change in its place once it is shown: a transaction that commits late is waited for', async () => {
    await database().write((transaction) => record(transaction, 'before'));
    if (!database().dialect.isShared) {
      expect(await list({ sorts: byNumber })).toEqual(['before']);
      return;
    }
    const hasNumber = Promise.withResolvers<void>();
    const mayCommit = Promise.withResolvers<void>();
    const late = database().write(async (transaction) => {
      await record(transaction, 'late');
      hasNumber.resolve();
      await mayCommit.promise;
    });
    await hasNumber.promise;
    await database().write((transaction) => record(transaction, 'early'));

    expect(await list({ sorts: byNumber })).toEqual(['before']);
    const after = { kind: 'test', field: 'number', operator: 'gt', values: [0] } as const;
    expect(await list({ condition: after })).toEqual(['before']);
    // Who does not go on from a number sees what is there.
    expect(await list({})).toEqual(['early', 'before']);

    // Somebody who comes later is told of what was settled before, and no more.
    const other = database().write(async (transaction) => {
      await record(transaction, 'last');
      mayCommit.resolve();
      await late;
      expect(await list({ sorts: byNumber })).toEqual(['before', 'late', 'early']);
    });
    await other;
    expect(await list({ sorts: byNumber })).toEqual(['before', 'late', 'early', 'last']);
  });

  test('does not wait for a transaction that was undone', async () => {
    const before = await list({ sorts: byNumber });
    const undone = database().write(async (transaction) => {
      await record(transaction, 'undone');
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await database().write((transaction) => record(transaction, 'kept'));
    expect(await list({ sorts: byNumber })).toEqual([...before, 'kept']);
  });
});
