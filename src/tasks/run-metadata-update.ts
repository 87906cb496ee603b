import { type BulkParameters, changeMany } from '../domain/entitlements/change-many.ts';
import type { MetadataChange } from '../domain/metadata/metadata-change.ts';
import type { TaskRun } from './task-run.ts';

/** The parameters of a bulk update of metadata. */
export interface MetadataUpdateParameters extends BulkParameters {
  readonly change: MetadataChange;
}

/** Changes the metadata of many entitlements (contract B.6, bulk update). A repeated run continues. */
export async function runMetadataUpdate({ database, task, signal }: TaskRun): Promise<void> {
  const { change } = task.parameters as unknown as MetadataUpdateParameters;
  await changeMany(database, task, { metadata: change }, signal);
}
