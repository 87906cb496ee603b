import { expect, test } from 'vitest';
import { describeStorage } from '../../../tests/support/engines.ts';
import { claimJob } from '../../storage/jobs/job-leases.ts';
import { startTask } from '../../storage/tasks/start-task.ts';
import { findTask, insertTask, type Task, TaskLost, type TaskType } from '../../storage/tasks/tasks.ts';
import { newId } from '../ids.ts';
import { patchTask, type TaskEnd } from './cancel-task.ts';
import { completeTask, reportProgress } from './tasks.ts';

describeStorage('the cancellation of tasks', (database) => {
  async function newTask(type: TaskType = 'ACCOUNT_DELETION'): Promise<string> {
    const id = newId();
    const names = { uniqueName: 'Account Deletion', description: '', launcher: 'Ada' };
    const nobody = { actorId: null, clientId: null, trackingId: null };
    const task = { id, type, ...names, sourceId: null, parameters: {}, attributes: {}, ...nobody };
    await database().write((transaction) => insertTask(transaction, task, Date.now()));
    return id;
  }

  async function started(id: string): Promise<Task> {
    const claim = { lease: newId(), now: Date.now(), leaseExpires: Date.now() + 60_000, kinds: ['task'] };
    for (;;) {
      const job = await claimJob(database(), { ...claim, fullLanes: [], running: [], lease: newId() });
      if (job === undefined) {
        throw new Error('There is no job.');
      }
      const task = await startTask(database(), job, Date.now());
      if (task?.id === id) {
        return task;
      }
    }
  }

  const patch = (id: string, end: Partial<TaskEnd>): Promise<Task> =>
    patchTask(database(), id, () => ({ completionStatus: 'TERMINATED', completed: null, ...end }), 'Bob');

  test('ends a task that waits', async () => {
    const id = await newTask();
    const ended = await patch(id, {});
    expect(ended).toMatchObject({
      completionStatus: 'TERMINATED',
      completed: expect.any(Number),
      launched: null,
      progress: 'Cancelled',
      messages: [{ key: 'task_cancelled', text: 'Cancelled by Bob. It had not begun.' }],
    });
    expect(await findTask(database().keyed, id)).toEqual(ended);
  });

  test('takes a running task away from its thread', async () => {
    const task = await started(await newTask());
    await reportProgress(database(), task, 'Deleting', {});
    const ended = await patch(task.id, {});
    // The data are deleted in part: the message says so, and what to do.
    expect(ended.messages[0]?.text).toMatch(
      /^Cancelled by Bob. The accounts of the source may be deleted in part. Remove/,
    );
    await expect(reportProgress(database(), task, 'Deleting more', {})).rejects.toThrow(TaskLost);
    await expect(completeTask(database(), task, {})).rejects.toThrow(TaskLost);
    expect(await findTask(database().keyed, task.id)).toEqual(ended);
  });

  test.each(['SOURCE_DELETION', 'ACCOUNT_DELETION', 'ENTITLEMENT_RESET', 'ENTITLEMENT_DELETION'] as const)(
    'says what is half done after %s, and how to finish it',
    async (type) => {
      const task = await started(await newTask(type));
      const { messages } = await patch(task.id, {});
      expect(messages[0]?.text).toMatch(/in part.* to finish, or load .*return with/);
      if (type.startsWith('ENTITLEMENT')) {
        expect(messages[0]?.text).toMatch(/then (its|the) accounts without optimization/);
      }
    },
  );

  test('takes the time of the end, which must be plausible', async () => {
    const id = await newTask();
    for (const [text, offset] of [
      ['before', -1000],
      ['after', 3_600_000],
    ] as const) {
      const completed = new Date(Date.now() + offset).toISOString();
      await expect(patch(id, { completed }), text).rejects.toThrow(/^Field "completed" is ".*"\. It must be between/);
    }
    // A client's clock that is ahead.
    const { completed } = await patch(id, { completed: new Date(Date.now() + 60_000).toISOString() });
    expect(completed).toBeLessThanOrEqual(Date.now());
  });

  test('rejects every other end', async () => {
    const id = await newTask();
    for (const completionStatus of ['SUCCESS', 'ERROR', null] as const) {
      const completed = new Date().toISOString();
      await expect(patch(id, { completionStatus, completed })).rejects.toThrow(
        'can only be set to TERMINATED, which cancels it',
      );
    }
    await expect(patch(newId(), {})).rejects.toThrow('There is no task with id');
  });

  test('leaves a task that has ended as it is', async () => {
    const id = await newTask();
    const ended = await patch(id, {});
    const same = await patch(id, { completed: new Date(ended.completed ?? 0).toISOString() });
    expect(same).toEqual(ended);
    await expect(patch(id, { completionStatus: 'SUCCESS' })).rejects.toThrow(
      `Task ${id} has ended with TERMINATED. The end of a task cannot be changed.`,
    );
  });
});
