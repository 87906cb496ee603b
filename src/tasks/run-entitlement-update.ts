import type { BulkChange } from '../domain/entitlements/bulk-change.ts';
import { type BulkParameters, changeMany } from '../domain/entitlements/change-many.ts';
import type { TaskRun } from './task-run.ts';

/** The parameters of a bulk update of entitlements. */
export interface EntitlementUpdateParameters extends BulkParameters {
  readonly change: BulkChange;
}

/** Changes many entitlements. A repeated run continues. */
export async function runEntitlementUpdate({ database, task, signal }: TaskRun): Promise<void> {
  const { change } = task.parameters as unknown as EntitlementUpdateParameters;
  await changeMany(database, task, change, signal);
}
