import { prepareAccountAggregation } from '../domain/aggregation/task.ts';
import { runAggregation } from './run-aggregation.ts';
import type { TaskRun } from './task-run.ts';

/** Aggregates the accounts of one uploaded file (contract B.1, load-accounts). */
export async function runAccountAggregation(taskRun: TaskRun): Promise<void> {
  await runAggregation(taskRun, prepareAccountAggregation);
}
