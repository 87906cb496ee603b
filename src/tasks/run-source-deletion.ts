import { deleteSourceData } from '../domain/removal/source-deletion.ts';
import { runRemoval } from './run-removal.ts';
import type { TaskRun } from './task-run.ts';

/** Deletes a source with all its data (contract B.1, DELETE /sources/{id}). A repeated run continues. */
export async function runSourceDeletion(run: TaskRun): Promise<void> {
  await runRemoval(run, deleteSourceData);
}
