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
  // Statements are sent without waiting: after a read, the previous ones have been executed.
  await transaction.query.selectFrom('property').select('name').execute();
}

describeStorage('the change feed', (database) => {
  async function list(asked: Partial<ListQuery>): Promise<string[]> {
    const all = { condition: undefined, sorts: [], offset: 0, limit: 250, after: undefined, count: true };
    const { changes, total } = await listChanges(database(), { ...all, ...asked });
    expect(total).toBe(changes.length);
    return changes.map(({ objectId }) => objectId);
  }
  const byNumber = [{ field: 'number', descending: false }];

  test('returns changes in their final order: it waits for transactions that commit late', async () => {
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
    // Lists that cannot be continued by number contain all committed changes.
    expect(await list({})).toEqual(['early', 'before']);

    // A later transaction hides only its own changes and those after it.
    const other = database().write(async (transaction) => {
      await record(transaction, 'last');
      mayCommit.resolve();
      await late;
      expect(await list({ sorts: byNumber })).toEqual(['before', 'late', 'early']);
    });
    await other;
    expect(await list({ sorts: byNumber })).toEqual(['before', 'late', 'early', 'last']);
  });

  test('takes one lock per transaction, however often it records changes', async () => {
    if (!database().dialect.isShared) {
      return;
    }
    await database()
      .write(async (transaction) => {
        for (let round = 0; round < 3; round += 1) {
          await record(transaction, `locked ${round}`);
        }
        const locks = await transaction.run(
          `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()`,
          [],
        );
        expect(locks).toHaveLength(1);
        throw new Error('Undone.');
      })
      .catch((error: Error) => expect(error.message).toBe('Undone.'));
  });

  test('does not wait for a transaction that was rolled back', async () => {
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
