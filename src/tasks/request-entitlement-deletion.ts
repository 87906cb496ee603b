import type { ChangeContext } from '../domain/changes/change-context.ts';
import { newId } from '../domain/ids.ts';
import { refuseUnstorable } from '../domain/storable.ts';
import type { Task } from '../storage/tasks/tasks.ts';
import type { TaskRunner } from './task-runner.ts';

/** A client's request to delete entitlements. An id that is given twice counts once. */
export interface EntitlementDeletionRequest {
  readonly ids: readonly string[];
  readonly launcher: string;
  readonly context: ChangeContext;
}

/** Queues the deletion of entitlements. Throws a 400 for an id that cannot be stored. */
export async function requestEntitlementDeletion(
  { tasks }: { readonly tasks: TaskRunner },
  { ids, launcher, context }: EntitlementDeletionRequest,
): Promise<Task> {
  refuseUnstorable({ ids }, '');
  return tasks.submit({
    id: newId(),
    type: 'ENTITLEMENT_DELETION',
    uniqueName: 'Entitlement Deletion',
    description: 'Delete entitlements',
    launcher,
    sourceId: null,
    parameters: { ids: [...new Set(ids)] },
    attributes: { entitlementsDeleted: 0, failedItems: [] },
    actorId: context.actorId,
    clientId: context.clientId,
    trackingId: context.trackingId,
  });
}
