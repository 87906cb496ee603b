import type { ChangeContext } from '../domain/changes/change-context.ts';
import { newId } from '../domain/ids.ts';
import { getSource } from '../domain/sources/sources.ts';
import type { Database } from '../storage/database.ts';
import type { Task } from '../storage/tasks/tasks.ts';
import type { TaskRunner } from './task-runner.ts';

/** A client's request to delete the entitlements of a source. */
export interface EntitlementResetRequest {
  readonly sourceId: string;
  readonly launcher: string;
  readonly context: ChangeContext;
}

/** Queues the deletion of all entitlements of a source. Throws a 404 if the source is unknown. */
export async function requestEntitlementReset(
  { database, tasks }: { readonly database: Database; readonly tasks: TaskRunner },
  { sourceId, launcher, context }: EntitlementResetRequest,
): Promise<Task> {
  const source = await getSource(database, sourceId);
  return tasks.submit({
    id: newId(),
    type: 'ENTITLEMENT_RESET',
    uniqueName: 'Entitlement Source Reset',
    description: `Delete the entitlements of source ${source.name}`,
    launcher,
    sourceId,
    parameters: {},
    attributes: { applications: source.name },
    actorId: context.actorId,
    clientId: context.clientId,
    trackingId: context.trackingId,
  });
}
