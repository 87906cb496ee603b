import { asEtag, type GivenFields, objectFrom, patchFrom } from './given-fields.ts';
import { onInterruption, taskContinues } from './interruption.ts';
import { write, writeJson } from './output.ts';
import { Progress } from './progress.ts';
import { openClient, type RemoteFlags } from './session.ts';
import { sourceNamed } from './sources.ts';
import { reportTask } from './task-report.ts';
import { waitForTask } from './wait-for-task.ts';

interface ChangeFlags extends RemoteFlags {
  readonly ifMatch?: string;
}

/** `muniment accounts create` */
export async function createAccount(flags: RemoteFlags & GivenFields & { readonly source: string }): Promise<void> {
  const client = openClient(flags);
  const attributes = await objectFrom(flags);
  const sourceId = (await sourceNamed(client, flags.source)).id;
  const { body } = await client.call('createAccount', { body: { attributes: { ...attributes, sourceId } } });
  await report(body.id, flags);
}

/** `muniment accounts patch ID`. The response does not name the task, so that it cannot be waited for. */
export async function patchAccount(id: string, flags: ChangeFlags & GivenFields): Promise<void> {
  const body = await patchFrom(flags, 'add');
  await openClient(flags).call('updateAccount', { path: { id }, body }, { ifMatch: asEtag(flags.ifMatch) });
  const next = `muniment accounts get ${id}`;
  await (flags.json === true ? writeJson({ id }) : write(`The change is queued. To see the account: ${next}\n`));
}

/** Returns the action of `muniment accounts delete ID` and other verbs that need no more than the account. */
export function accountAction(
  operation: 'deleteAccount' | 'enableAccount' | 'disableAccount' | 'unlockAccount' | 'submitReloadAccount',
): (id: string, flags: ChangeFlags) => Promise<void> {
  return async (id, flags) => {
    const { body } = await openClient(flags).call(operation, { path: { id } }, { ifMatch: asEtag(flags.ifMatch) });
    await report(body.id, flags);
  };
}

/** Returns the action of `muniment identities enable-accounts ID` and `disable-accounts ID`: waits for all tasks. */
export function identityAccountsAction(verb: 'enable' | 'disable'): (id: string, flags: RemoteFlags) => Promise<void> {
  const operation = verb === 'enable' ? 'enableAccountForIdentity' : 'disableAccountForIdentity';
  return async (id, flags) => {
    const { taskIds } = (await openClient(flags).call(operation, { path: { id } })).body;
    if (taskIds.length === 0) {
      await (flags.json === true ? writeJson({ taskIds }) : write(`${id} has no accounts.\n`));
    }
    for (const taskId of taskIds) {
      await report(taskId, flags);
    }
  };
}

async function report(taskId: string, flags: RemoteFlags): Promise<void> {
  const progress = new Progress(process.stderr, process.stderr.isTTY);
  onInterruption(progress, () => taskContinues(taskId));
  await reportTask(await waitForTask(openClient(flags), taskId, progress), flags);
}
