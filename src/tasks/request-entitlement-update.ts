import type { ChangeContext } from '../domain/changes/change-context.ts';
import type { BulkChange } from '../domain/entitlements/bulk-change.ts';
import type { BulkSelection } from '../domain/entitlements/bulk-selection.ts';
import { checkChange } from '../domain/entitlements/check-change.ts';
import { type ChangePreview, previewChange } from '../domain/entitlements/preview-change.ts';
import { newId } from '../domain/ids.ts';
import { metadataChangeFrom, type MetadataChangeInput } from '../domain/metadata/metadata-change.ts';
import {
  checkedRequestConfig,
  type RequestConfigInput,
  storedConfig,
} from '../domain/request-config/check-request-config.ts';
import { type TagChange, tagChangeFrom } from '../domain/tags/tag-change.ts';
import { refuseUnstorable } from '../domain/storable.ts';
import { badRequestContent } from '../errors.ts';
import type { Database } from '../storage/database.ts';
import type { Task } from '../storage/tasks/tasks.ts';
import type { EntitlementUpdateParameters } from './run-entitlement-update.ts';
import type { TaskRunner } from './task-runner.ts';

/** A client's request to change many entitlements. */
export interface EntitlementUpdateRequest {
  readonly selection: BulkSelection;
  /** A JSON Patch in the form of v2026. */
  readonly operations: readonly unknown[] | undefined;
  readonly metadata: MetadataChangeInput | undefined;
  readonly tags: TagChange | undefined;
  /** Null to inherit it. */
  readonly requestConfig: RequestConfigInput | null | undefined;
  readonly launcher: string;
  readonly context: ChangeContext;
}

/** Queues a bulk update of entitlements. Throws a 400 if the change is wrong for every entitlement. */
export async function requestEntitlementUpdate(
  { database, tasks }: { readonly database: Database; readonly tasks: TaskRunner },
  request: EntitlementUpdateRequest,
): Promise<Task> {
  const { selection, launcher, context } = request;
  const parameters: EntitlementUpdateParameters = { change: await changeFrom(database, request), selection };
  const which =
    'entitlements' in selection ? `${selection.entitlements.length} entitlements` : 'the entitlements of a filter';
  return tasks.submit({
    id: newId(),
    type: 'ENTITLEMENT_UPDATE',
    uniqueName: 'Entitlement Update',
    description: `Update ${which}`,
    launcher,
    sourceId: null,
    parameters: { ...parameters },
    attributes: {},
    actorId: context.actorId,
    clientId: context.clientId,
    trackingId: context.trackingId,
  });
}

/** Returns what a bulk update would do. Throws as `requestEntitlementUpdate`. */
export async function previewEntitlementUpdate(
  { database }: { readonly database: Database },
  request: EntitlementUpdateRequest,
): Promise<ChangePreview> {
  const change = await changeFrom(database, request);
  return previewChange(database, request.selection, change, request.context.actorId);
}

async function changeFrom(
  database: Database,
  { selection, operations, metadata, tags, requestConfig }: EntitlementUpdateRequest,
): Promise<BulkChange> {
  if ([operations, metadata, tags, requestConfig].every((part) => part === undefined)) {
    throw badRequestContent(
      'The request changes nothing. Send at least one of jsonPatch, metadata, tags and requestConfig.',
    );
  }
  if ('entitlements' in selection) {
    refuseUnstorable(selection.entitlements, 'ids');
  }
  const change: BulkChange = {
    operations,
    metadata: metadata === undefined ? undefined : await metadataChangeFrom(database.keyed, metadata, 'metadata.'),
    tags: tags === undefined ? undefined : tagChangeFrom(tags, 'tags'),
  };
  return database.write(async (transaction) => {
    await checkChange(transaction, change);
    const config =
      requestConfig === undefined || requestConfig === null
        ? requestConfig
        : storedConfig(await checkedRequestConfig(transaction, requestConfig, 'requestConfig.'));
    return { ...change, requestConfig: config };
  });
}
