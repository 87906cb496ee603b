import {
  accountsByNativeIdentity,
  type AccountWrite,
  createAccounts,
  deleteAccounts,
  updateAccounts,
} from '../../storage/accounts/account-aggregation.ts';
import { deleteEntitlements } from '../../storage/entitlements/entitlement-deletion.ts';
import { lockCorrelation } from '../../storage/identities/correlation.ts';
import type { Transaction } from '../../storage/database.ts';
import { orphanedEntitlements } from '../../storage/entitlements/unlisted-entitlements.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import type { AppliedAccount } from '../identities/applied-account.ts';
import { applyAuthoritative } from '../identities/apply-authoritative.ts';
import { correlateAccounts } from '../identities/correlate.ts';
import { releaseIdentityOf } from '../identities/release-identity.ts';
import type { Source } from '../sources/sources.ts';
import { EntitlementLookup } from './entitlement-lookup.ts';
import {
  accountNormaliser,
  type AccountSchema,
  type EntitlementLink,
  type SourceAccount,
} from './normalise-account.ts';
import type { AggregatedObjects } from './objects.ts';
import { mappingHashOf } from './read-attributes.ts';
import type { AggregationCounts } from './report.ts';
import { type AggregationRun, batchSize, writeBatch } from './run.ts';

/** The input of an account aggregation. */
export interface AccountAggregation {
  readonly source: Source;
  readonly schema: AccountSchema;
  readonly links: readonly EntitlementLink[];
  /** Further settings that affect the result, as JSON: accounts are read again when they change. */
  readonly settings: string;
  /** Whether every account is written as if it had changed (contract B.1, `disableOptimization`). */
  readonly isEverythingApplied: boolean;
}

/** The accounts of one source, for their aggregation. */
export function accountObjects(
  { source, schema, links, settings, isEverythingApplied }: AccountAggregation,
  context: ChangeContext,
): AggregatedObjects<SourceAccount> {
  const lookup = new EntitlementLookup(source.id, context);
  return {
    noun: ['account', 'accounts'],
    schema,
    isIndexed: (column) =>
      column === schema.displayAttribute ||
      column.toLowerCase() === 'uuid' ||
      links.some(({ attribute }) => attribute === column),
    singleRowsCanBeBad: schema.includePermissions,
    mappingHash: (columns) => mappingHashOf(schema, columns, [schema.displayAttribute, links, settings]),
    normaliser: (columns) => accountNormaliser(schema, links, columns),
    known: async (session, afterKey, limit) => {
      const known = await accountsByNativeIdentity(session, source.id, afterKey, limit);
      return isEverythingApplied ? known.map((account) => ({ ...account, fingerprint: '' })) : known;
    },
    write: async (transaction, { creates, updates }, now) => {
      await lockCorrelation(transaction, source.authoritative ? 'identities' : 'accounts');
      const all = [...creates, ...updates].map(({ object }) => object);
      const entitlements = await lookup.resolve(transaction, all, now);
      const toWrite = ({ id, object }: { id: string; object: SourceAccount }): AccountWrite => ({
        id,
        truth: object,
        entitlementIds: entitlements.idsOf(object),
      });
      const created = await createAccounts(transaction, source.id, creates.map(toWrite), context, now);
      const updated = await updateAccounts(transaction, updates.map(toWrite), context, now);
      const applied = [
        ...creates.map(({ object }, index) => appliedAccount(source.id, created.ids[index] ?? '', object, true)),
        ...updates.map(({ id, object }) => appliedAccount(source.id, id, object, false)),
      ];
      return {
        created: creates.length,
        restored: created.restored,
        updated: updated.size,
        unchanged: updates.length - updated.size,
        entitlementsCreated: entitlements.created,
        ...(await findPeople(transaction, source, applied, context, now)),
      };
    },
    held: async () => new Set(),
    remove: async (transaction, ids, now) => {
      await lockCorrelation(transaction, source.authoritative ? 'identities' : 'accounts');
      await releaseIdentityOf(transaction, source, ids, context, now);
      return { deleted: await deleteAccounts(transaction, ids, context, now) };
    },
    finish: async (run) => {
      // If there are unusable rows, one of them may be a holder.
      if (run.report.counts.badRows === 0) {
        await deleteOrphaned(run);
      }
    },
  };
}

/** Returns a written account, as needed for identities and correlation. */
export function appliedAccount(sourceId: string, id: string, account: SourceAccount, isNew: boolean): AppliedAccount {
  const { nativeIdentity, name, attributes } = account;
  return { id, sourceId, nativeIdentity, name, attributes, isNew };
}

/** Accounts of an authoritative source create or update identities; those of other sources are correlated with them. */
export async function findPeople(
  transaction: Transaction,
  source: Source,
  accounts: readonly AppliedAccount[],
  context: ChangeContext,
  now: number,
): Promise<Partial<AggregationCounts>> {
  if (source.authoritative) {
    return applyAuthoritative(transaction, source, accounts, context, now);
  }
  await correlateAccounts(transaction, source, accounts, context, now);
  return {};
}

/** Deletes the entitlements that only accounts referred to and that no account holds any more. */
async function deleteOrphaned(run: AggregationRun): Promise<void> {
  let found = await orphanedEntitlements(run.database.scan, run.sourceId, batchSize);
  while (found.length > 0) {
    await writeBatch(run, { text: 'Deleting entitlements without holders', percent: 98 }, async (transaction, now) => {
      // Queried again, because the work may be repeated.
      const ids = await orphanedEntitlements(transaction, run.sourceId, batchSize);
      return { entitlementsDeleted: await deleteEntitlements(transaction, ids, run.context, now) };
    });
    found = await orphanedEntitlements(run.database.scan, run.sourceId, batchSize);
  }
}
