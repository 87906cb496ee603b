import type { ChangeContext } from '../domain/changes/change-context.ts';
import type { BulkSelection } from '../domain/entitlements/bulk-selection.ts';
import { newId } from '../domain/ids.ts';
import { metadataChangeFrom, type MetadataChangeInput } from '../domain/metadata/metadata-change.ts';
import { refuseUnstorable } from '../domain/storable.ts';
import type { Database } from '../storage/database.ts';
import type { Task } from '../storage/tasks/tasks.ts';
import type { MetadataUpdateParameters } from './run-metadata-update.ts';
import type { TaskRunner } from './task-runner.ts';

/** A client's request to change the metadata of many entitlements. */
export interface MetadataUpdateRequest {
  readonly input: MetadataChangeInput;
  readonly selection: BulkSelection;
  readonly launcher: string;
  readonly context: ChangeContext;
}

/** Queues a bulk update of metadata. Throws a 400 if the change is invalid for any entitlement. */
export async function requestMetadataUpdate(
  { database, tasks }: { readonly database: Database; readonly tasks: TaskRunner },
  { input, selection, launcher, context }: MetadataUpdateRequest,
): Promise<Task> {
  if ('entitlements' in selection) {
    refuseUnstorable(selection.entitlements, 'entitlements');
  }
  const parameters: MetadataUpdateParameters = {
    change: await metadataChangeFrom(database.keyed, input),
    selection,
  };
  const which =
    'entitlements' in selection ? `${selection.entitlements.length} entitlements` : 'the entitlements of a filter';
  return tasks.submit({
    id: newId(),
    type: 'METADATA_UPDATE',
    uniqueName: 'Metadata Update',
    description: `Update the access model metadata of ${which}`,
    launcher,
    sourceId: null,
    parameters: { ...parameters },
    attributes: {},
    actorId: context.actorId,
    clientId: context.clientId,
    trackingId: context.trackingId,
  });
}
