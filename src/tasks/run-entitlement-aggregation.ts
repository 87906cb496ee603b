import { prepareEntitlementAggregation } from '../domain/aggregation/task.ts';
import { runAggregation } from './run-aggregation.ts';
import type { TaskRun } from './task-run.ts';

/** Aggregates the entitlements of one uploaded file (contract A.1, op 12; B.1, load-entitlements). */
export async function runEntitlementAggregation({ database, spool, task, signal }: TaskRun): Promise<void> {
  await runAggregation(await prepareEntitlementAggregation(database, spool, task, signal), spool);
}
