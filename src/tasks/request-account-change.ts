import {
  checkAccountChange,
  type CheckedAccountChange,
  checkNewAccount,
} from '../domain/account-changes/account-change-requests.ts';
import type { ReceivedAttributes } from '../domain/account-changes/account-attributes.ts';
import type { AccountChange } from '../domain/account-changes/account-changes.ts';
import type { ChangeContext } from '../domain/changes/change-context.ts';
import { newId } from '../domain/ids.ts';
import type { Database } from '../storage/database.ts';
import type { Task } from '../storage/tasks/tasks.ts';
import type { TaskRunner } from './task-runner.ts';

interface Parts {
  readonly database: Database;
  readonly tasks: TaskRunner;
}

/** Who requests a change of an account, and further attributes of its task. */
export interface AccountChangeRequest {
  readonly launcher: string;
  readonly context: ChangeContext;
  /** The version that the caller expects, if any. */
  readonly ifMatch?: number | undefined;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** Queues the creation of an account. Throws as `checkNewAccount`. */
export async function requestAccount(
  parts: Parts,
  sourceId: string,
  attributes: ReceivedAttributes,
  request: AccountChangeRequest,
): Promise<Task> {
  const checked = await checkNewAccount(parts.database, sourceId, attributes);
  return submit(parts, checked, { kind: 'create', attributes }, 'Account Creation', request);
}

/**
 * Queues a change of an account, in the order of the source's tasks. Throws as `checkAccountChange`.
 * @param name the name of the task
 */
export async function requestAccountChange(
  parts: Parts,
  change: Exclude<AccountChange, { kind: 'create' }>,
  name: string,
  request: AccountChangeRequest,
): Promise<Task> {
  const checked = await checkAccountChange(parts.database, change, request.ifMatch);
  return submit(parts, checked, change, name, request);
}

async function submit(
  { tasks }: Parts,
  { source, nativeIdentity }: CheckedAccountChange,
  change: AccountChange,
  uniqueName: string,
  { launcher, context, attributes }: AccountChangeRequest,
): Promise<Task> {
  return tasks.submit({
    id: newId(),
    type: 'ACCOUNT_CHANGE',
    uniqueName,
    description: `Change an account of source ${source.name}`,
    launcher,
    sourceId: source.id,
    parameters: { ...change },
    attributes: { applications: source.name, nativeIdentity, ...attributes },
    actorId: context.actorId,
    clientId: context.clientId,
    trackingId: context.trackingId,
  });
}
