import type { ChangeContext } from '../domain/changes/change-context.ts';
import { newId } from '../domain/ids.ts';
import { getSource } from '../domain/sources/sources.ts';
import { checkVersion } from '../domain/version.ts';
import type { Database } from '../storage/database.ts';
import type { Task } from '../storage/tasks/tasks.ts';
import type { TaskRunner } from './task-runner.ts';

/** A client's request to delete a source. */
export interface SourceDeletionRequest {
  readonly sourceId: string;
  /** The version the caller knows, if any. */
  readonly ifMatch: number | undefined;
  readonly launcher: string;
  readonly context: ChangeContext;
}

/** Queues the deletion of a source. Throws a 404 if the source is unknown, and a 412 if it has another version. */
export async function requestSourceDeletion(
  { database, tasks }: { readonly database: Database; readonly tasks: TaskRunner },
  { sourceId, ifMatch, launcher, context }: SourceDeletionRequest,
): Promise<Task> {
  const source = await getSource(database, sourceId);
  checkVersion(ifMatch, source.version);
  return tasks.submit({
    id: newId(),
    type: 'SOURCE_DELETION',
    uniqueName: 'Source Deletion',
    description: `Delete source ${source.name}`,
    launcher,
    sourceId,
    parameters: {},
    attributes: { applications: source.name },
    actorId: context.actorId,
    clientId: context.clientId,
    trackingId: context.trackingId,
  });
}
