import type { Spool } from '../domain/spool.ts';
import type { Database } from '../storage/database.ts';
import type { Task, TaskType } from '../storage/tasks.ts';
import { runEntitlementAggregation } from './run-entitlement-aggregation.ts';
import { runSourceDeletion } from './run-source-deletion.ts';

/** What a task works with, inside its thread. */
export interface TaskRun {
  readonly database: Database;
  readonly spool: Spool;
  readonly task: Task;
  /** Aborted when the server stops. */
  readonly signal: AbortSignal;
}

/** The work of every type of task. It records its own end, unless it was interrupted. */
export const taskKinds: Readonly<Record<TaskType, (run: TaskRun) => Promise<void>>> = {
  CLOUD_GROUP_AGGREGATION: runEntitlementAggregation,
  SOURCE_DELETION: runSourceDeletion,
};
