import type { ChangeContext } from '../domain/changes/change-context.ts';
import type { IdentityRefreshParameters } from '../domain/identities/process-identities.ts';
import { newId } from '../domain/ids.ts';
import { refuseUnstorable } from '../domain/storable.ts';
import type { Database } from '../storage/database.ts';
import type { Task } from '../storage/tasks/tasks.ts';
import type { TaskRunner } from './task-runner.ts';

/** A client's request to process identities again. */
export interface IdentityRefreshRequest {
  readonly identityIds: readonly string[];
  readonly launcher: string;
  readonly context: ChangeContext;
}

/** Queues the processing of identities. Ids without an identity become problems of the task. */
export async function requestIdentityRefresh(
  { tasks }: { readonly database: Database; readonly tasks: TaskRunner },
  { identityIds, launcher, context }: IdentityRefreshRequest,
): Promise<Task> {
  refuseUnstorable(identityIds, 'identityIds');
  const ids = [...new Set(identityIds)].toSorted();
  const parameters: IdentityRefreshParameters = { identityIds: ids };
  return tasks.submit({
    id: newId(),
    type: 'IDENTITY_REFRESH',
    uniqueName: 'Identity Refresh',
    description: ids.length === 1 ? 'Process 1 identity' : `Process ${ids.length} identities`,
    launcher,
    sourceId: null,
    parameters: { ...parameters },
    attributes: {},
    actorId: context.actorId,
    clientId: context.clientId,
    trackingId: context.trackingId,
  });
}
