import type { Connector } from '../connectors/connector.ts';
import type { Spool } from '../domain/tasks/spool.ts';
import type { Database } from '../storage/database.ts';
import type { Task } from '../storage/tasks/tasks.ts';

/** Everything that the code of a task needs, in its worker thread. */
export interface TaskRun {
  readonly database: Database;
  readonly connectors: readonly Connector[];
  readonly spool: Spool;
  readonly task: Task;
  /** Aborted when the server stops. */
  readonly signal: AbortSignal;
}
