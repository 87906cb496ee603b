import { expect, test } from 'vitest';
import { addAccounts, addIdentity, addSource } from '../../tests/support/catalogue.ts';
import { describeStorage } from '../../tests/support/engines.ts';
import { findAccountsOf } from '../domain/account-changes/identity-accounts.ts';
import { newId } from '../domain/ids.ts';
import type { Database } from '../storage/database.ts';
import { findTask, insertTask } from '../storage/tasks/tasks.ts';
import { runAccountChange } from './run-account-change.ts';

async function addTask(database: Database, sourceId: string, accountIds: readonly string[]) {
  const id = newId();
  await database.write(async (transaction) => {
    const task = {
      id,
      type: 'ACCOUNT_CHANGE',
      uniqueName: 'Disable Accounts of Identities',
      description: '',
      launcher: 'Ada',
      sourceId,
      parameters: { kind: 'states', accountIds, field: 'disabled', value: true },
      attributes: { applications: 'Directory' },
      actorId: null,
      clientId: null,
      trackingId: null,
    } as const;
    await insertTask(transaction, task, Date.now());
    // As if a server had claimed its job.
    await transaction.query.updateTable('task').set({ worker: 'lease' }).where('id', '=', id).execute();
  });
  const task = await findTask(database.keyed, id);
  if (task === undefined) {
    throw new Error(`Task ${id} is missing.`);
  }
  return task;
}

describeStorage('the states of accounts', (database) => {
  const run = async (task: Awaited<ReturnType<typeof addTask>>, signal = new AbortController().signal) =>
    runAccountChange({ database: database(), connectors: [], spool: undefined as never, task, signal });

  test('are changed in several transactions; deleted accounts are a warning', async () => {
    const sourceId = await addSource(database(), 'Directory', { group: null });
    const accountIds = await addAccounts(
      database(),
      Array.from({ length: 60 }, (_, index) => ({ source_id: sourceId, native_identity: `${index}` })),
    );
    const task = await addTask(database(), sourceId, [...accountIds.slice(0, 30), 'gone', ...accountIds.slice(30)]);
    await run(task);
    expect(await findTask(database().keyed, task.id)).toMatchObject({
      completionStatus: 'WARNING',
      attributes: { updated: 60 },
      messages: [{ key: 'account_deleted', parameters: ['1'] }, { key: 'source_not_written' }],
    });
    const enabled = await database()
      .keyed.query.selectFrom('account')
      .select('id')
      .where('source_id', '=', sourceId)
      .where('disabled', '=', 0)
      .execute();
    expect(enabled).toEqual([]);
  });

  test('are left to the next start when the server stops', async () => {
    const sourceId = await addSource(database(), 'Stopped', { group: null });
    const accountIds = await addAccounts(database(), [{ source_id: sourceId, native_identity: 'a' }]);
    const task = await addTask(database(), sourceId, accountIds);
    await run(task, AbortSignal.abort());
    expect(await findTask(database().keyed, task.id)).toMatchObject({ completionStatus: null });
  });

  test('of more than 1,000 accounts cannot be changed in one request', async () => {
    const sourceId = await addSource(database(), 'Large', { group: null });
    const identityId = await addIdentity(database(), 'Many');
    await addAccounts(
      database(),
      Array.from({ length: 1000 }, (_, index) => ({
        source_id: sourceId,
        native_identity: `${index}`,
        identity_id: identityId,
      })),
    );
    expect((await findAccountsOf(database(), [identityId, 'nobody'], undefined)).get(identityId)).toHaveLength(1000);
    await addAccounts(database(), [{ source_id: sourceId, native_identity: 'more', identity_id: identityId }]);
    await expect(findAccountsOf(database(), [identityId], undefined)).rejects.toThrow('have more than 1000 accounts');
  });
});
