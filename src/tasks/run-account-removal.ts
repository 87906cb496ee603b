import { removeAccounts } from '../domain/removal/account-removal.ts';
import { runRemoval } from './run-removal.ts';
import type { TaskRun } from './task-run.ts';

/** Removes the accounts of a source (contract B.1, remove-accounts). A repeated run continues. */
export async function runAccountRemoval(run: TaskRun): Promise<void> {
  await runRemoval(run, removeAccounts);
}
