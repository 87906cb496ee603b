import { deleteSourceData } from '../domain/removal/source-deletion.ts';
import { runRemoval } from './run-removal.ts';
import type { TaskRun } from './task-run.ts';

/** Deletes a source with everything it brought (contract B.1, DELETE /sources/{id}). Run again, it goes on. */
export async function runSourceDeletion(run: TaskRun): Promise<void> {
  await runRemoval(run, deleteSourceData);
}
