import { prepareEntitlementAggregation } from '../domain/aggregation/task.ts';
import { runAggregation } from './run-aggregation.ts';
import type { TaskRun } from './task-run.ts';

/** Aggregates the entitlements of one uploaded file (contract A.1, op 12; B.1, load-entitlements). */
export async function runEntitlementAggregation(taskRun: TaskRun): Promise<void> {
  await runAggregation(taskRun, prepareEntitlementAggregation);
}
