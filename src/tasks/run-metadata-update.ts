import { updateMetadata } from '../domain/entitlements/metadata-update.ts';
import type { TaskRun } from './task-run.ts';

/** Changes the metadata of many entitlements (contract B.6, bulk update). A repeated run continues. */
export async function runMetadataUpdate({ database, task, signal }: TaskRun): Promise<void> {
  try {
    await updateMetadata(database, task, signal);
  } catch (error) {
    // The server stops: the task continues at the next start.
    if (!signal.aborted) {
      throw error;
    }
  }
}
