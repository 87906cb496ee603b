import { type Command, Option } from 'commander';
import type { TaskStatus } from '../../../client/operations.ts';
import { addConnection, addList, idArgument, running, timeoutOption } from './shared.ts';

/** The completion statuses of tasks. */
const completionStatuses = [
  'SUCCESS',
  'WARNING',
  'ERROR',
  'TERMINATED',
  'TEMPERROR',
] as const satisfies readonly TaskStatus['completionStatus'][];

/** Adds the commands for tasks. */
export function addTaskCommands(program: Command): void {
  const tasks = program.command('tasks').description('Tasks, such as loads.');
  addList(
    tasks,
    'List tasks, newest first.',
    running(async () => (await import('../tasks.ts')).listTasks),
  )
    .option('--source <name>', 'Only those of this source (name or id).')
    .addOption(new Option('--status <status>', 'Only those with this status.').choices(completionStatuses))
    .option('--open', 'Only those that have not ended.');
  addConnection(tasks.command('show').description('Show a task with all its messages.'))
    .argument('<id>', 'Its id.', idArgument)
    .action(running(async () => (await import('../tasks.ts')).showTask));
  addConnection(tasks.command('wait').description("Wait until a task has ended; the exit code is the task's outcome."))
    .argument('<id>', 'Its id.', idArgument)
    .addOption(timeoutOption())
    .action(running(async () => (await import('../tasks.ts')).waitTask));
  addConnection(tasks.command('cancel').description('Cancel a task that has not ended. What it has done is kept.'))
    .argument('<id>', 'Its id.', idArgument)
    .action(running(async () => (await import('../tasks.ts')).cancelTask));
  addConnection(tasks.command('problems').description('Write all problems of a task as CSV, such as skipped rows.'))
    .argument('<id>', 'Its id.', idArgument)
    .action(running(async () => (await import('../tasks.ts')).listProblems));
}
