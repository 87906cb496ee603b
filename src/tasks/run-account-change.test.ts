import { expect, test } from 'vitest';
import { addSource } from '../../tests/support/catalogue.ts';
import { describeStorage } from '../../tests/support/engines.ts';
import { newId } from '../domain/ids.ts';
import { findTask, insertTask } from '../storage/tasks/tasks.ts';
import { runAccountChange } from './run-account-change.ts';

describeStorage('a change of an account', (database) => {
  test('that has become impossible ends the task with ERROR and is not repeated', async () => {
    const sourceId = await addSource(database(), 'Directory', { group: null });
    const id = newId();
    await database().write(async (transaction) => {
      const task = {
        id,
        type: 'ACCOUNT_CHANGE',
        uniqueName: 'Account Deletion',
        description: '',
        launcher: 'Ada',
        sourceId,
        parameters: { kind: 'delete', accountId: 'gone' },
        attributes: {},
        actorId: null,
        clientId: null,
        trackingId: null,
      } as const;
      await insertTask(transaction, task, Date.now());
      // As if a server had claimed its job.
      await transaction.query.updateTable('task').set({ worker: 'lease' }).where('id', '=', id).execute();
    });
    const task = await findTask(database().keyed, id);
    if (task === undefined) {
      throw new Error(`Task ${id} is missing.`);
    }
    const { signal } = new AbortController();
    await runAccountChange({ database: database(), connectors: [], spool: undefined as never, task, signal });
    expect(await findTask(database().keyed, id)).toMatchObject({
      completionStatus: 'ERROR',
      messages: [{ type: 'ERROR', key: 'task_failed', text: 'There is no account with id "gone".' }],
    });
  });
});
