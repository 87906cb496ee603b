import { recordChanges } from '../../storage/changes/changes.ts';
import type { Database } from '../../storage/database.ts';
import { deleteTombstones, tombstoneIdsOfSource } from '../../storage/sources/source-data.ts';
import { deleteSchemasOfSource, findSchemas } from '../../storage/sources/source-schemas.ts';
import { deleteSecretsOfSource } from '../../storage/sources/source-secrets.ts';
import { deleteSettingsOfSource } from '../../storage/sources/source-settings.ts';
import { deleteSource, lockSource } from '../../storage/sources/sources.ts';
import { removeAllTags } from '../../storage/tags/object-tags.ts';
import { completeStateOf } from './recorded-source.ts';
import { purgeSomeEntitlements, purgeSomeTombstones } from './purge.ts';
import { removeSomeAccounts } from './account-removal.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { recordSchemasDeleted } from '../sources/schema-record.ts';

/** How many rows one transaction deletes, so that other writers can run in between. */
const batchSize = 500;

/** The progress of a deletion. */
export interface SourceDeletionProgress {
  /** The accounts and entitlements deleted so far. */
  readonly accountsDeleted: number;
  readonly entitlementsDeleted: number;
}

/** What a transaction has deleted. */
interface Batch {
  readonly isDone: boolean;
  readonly accounts: number;
  readonly entitlements: number;
  /** The id of the last deleted entitlement. */
  readonly last?: string | undefined;
}

/**
 * Deletes a source with its accounts, what is stored for their connections, its entitlements and their parents, its
 * tombstones and its schemas, in transactions of limited size; the source itself is deleted last. Identities are kept.
 * After a crash it can be repeated and continues; it does nothing if the source no longer exists.
 * @param onProgress called after each batch
 */
export async function deleteSourceData(
  database: Database,
  sourceId: string,
  context: ChangeContext,
  onProgress: (progress: SourceDeletionProgress) => void | Promise<void> = () => {},
): Promise<SourceDeletionProgress> {
  let progress: SourceDeletionProgress = { accountsDeleted: 0, entitlementsDeleted: 0 };
  let last = '';
  for (;;) {
    const batch: Batch = await database.write(async (transaction) => {
      const source = await lockSource(transaction, sourceId);
      if (source === undefined) {
        return { isDone: true, accounts: 0, entitlements: 0 };
      }
      const now = Date.now();
      const accounts = await removeSomeAccounts(transaction, source, batchSize, context, now);
      if (accounts > 0) {
        return { isDone: false, accounts, entitlements: 0 };
      }
      const page = { sourceId, after: last, limit: batchSize };
      const { isDone, deleted } = await purgeSomeEntitlements(transaction, page, context, now);
      const entitlements = deleted.length;
      if (!isDone || entitlements > 0) {
        return { isDone: false, accounts, entitlements, last: deleted.at(-1) };
      }
      const isPurged = await purgeSomeTombstones(transaction, sourceId, batchSize, context, now);
      const former = await tombstoneIdsOfSource(transaction, 'account_tombstone', sourceId, batchSize);
      await deleteTombstones(transaction, 'account_tombstone', isPurged ? former : []);
      if (!isPurged || former.length > 0) {
        return { isDone: false, accounts, entitlements };
      }
      // Everything else is deleted, and nothing can be added while the source is locked.
      const before = await completeStateOf(transaction, source);
      const schemas = await findSchemas(transaction, sourceId);
      await deleteSchemasOfSource(transaction, sourceId);
      await deleteSecretsOfSource(transaction, sourceId);
      await removeAllTags(transaction, 'SOURCE', [sourceId]);
      await deleteSettingsOfSource(transaction, sourceId);
      await deleteSource(transaction, sourceId);
      await recordSchemasDeleted(transaction, schemas, context, now);
      await recordChanges(transaction, context, now, [
        { objectType: 'SOURCE', objectId: sourceId, kind: 'deleted', before, after: null },
      ]);
      return { isDone: true, accounts, entitlements };
    });
    last = batch.last ?? last;
    progress = {
      accountsDeleted: progress.accountsDeleted + batch.accounts,
      entitlementsDeleted: progress.entitlementsDeleted + batch.entitlements,
    };
    if (batch.isDone) {
      return progress;
    }
    await onProgress(progress);
  }
}
