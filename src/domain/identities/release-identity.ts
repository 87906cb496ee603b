import { lockCorrelation, replaceKeys } from '../../storage/identities/correlation.ts';
import { findIdentityMapping, type IdentityMapping } from '../../storage/sources/correlation-config.ts';
import type { Transaction } from '../../storage/database.ts';
import { compareBinary } from '../../storage/query/fold.ts';
import {
  type AuthoritativeAccount,
  authoritativeAccountsOf,
  lockIdentitiesOfAccounts,
} from '../../storage/identities/identity-changes.ts';
import { withAccount, withoutAccount } from '../../storage/identities/identity-record.ts';
import { findSource } from '../../storage/sources/sources.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { effectiveMapping, identityTruth } from './identity-mapping.ts';
import type { ManagerSource } from './wanted-manager.ts';
import { saveIdentities } from './save-identities.ts';

/**
 * Unlinks accounts that are being removed from their identities; the rows of the accounts may already be deleted. An
 * identity with another authoritative account is updated from that one. An identity without one is kept with its data,
 * rights and tokens, but is deactivated and no longer correlated.
 * @param accountIds at most 1,000 accounts of the source
 */
export async function releaseIdentityOf(
  transaction: Transaction,
  source: ManagerSource & { readonly authoritative: boolean },
  accountIds: readonly string[],
  context: ChangeContext,
  now: number,
): Promise<void> {
  if (accountIds.length === 0) {
    return;
  }
  await replaceKeys(transaction, accountIds, []);
  if (!source.authoritative) {
    return;
  }
  await lockCorrelation(transaction, 'identities');
  const identities = await lockIdentitiesOfAccounts(transaction, accountIds);
  const others = await successors(
    transaction,
    identities.map(({ row }) => row.id),
    accountIds,
  );
  const sources = await sourcesOf(transaction, [...others.values()]);
  const edits = identities.map(({ row }) => {
    const other = others.get(row.id);
    const winner = sources.get(other?.sourceId ?? '');
    if (other === undefined || winner === undefined) {
      return { before: row, after: withoutAccount(row), nativeIdentity: null };
    }
    const account = {
      ...other,
      name: other.name ?? other.nativeIdentity,
      attributes: JSON.parse(other.attributes) as Record<string, unknown>,
      isNew: false,
    };
    const truth = identityTruth(winner.source, account, winner.mapping);
    return { before: row, after: withAccount(row, truth), nativeIdentity: other.nativeIdentity };
  });
  await saveIdentities(transaction, edits, context, now);
}

/** Returns the next authoritative account of each identity: from the oldest source, then with the lowest native identity. */
async function successors(
  transaction: Transaction,
  identityIds: readonly string[],
  removed: readonly string[],
): Promise<Map<string, AuthoritativeAccount>> {
  const gone = new Set(removed);
  const found = (await authoritativeAccountsOf(transaction, identityIds))
    .filter(({ id }) => !gone.has(id))
    .toSorted((a, b) => compareBinary(b.sourceId, a.sourceId) || compareBinary(b.nativeIdentity, a.nativeIdentity));
  return new Map(found.map((account) => [account.identityId, account]));
}

async function sourcesOf(
  transaction: Transaction,
  accounts: readonly AuthoritativeAccount[],
): Promise<Map<string, { source: ManagerSource; mapping: IdentityMapping }>> {
  const sources = new Map<string, { source: ManagerSource; mapping: IdentityMapping }>();
  for (const id of new Set(accounts.map(({ sourceId }) => sourceId))) {
    const source = await findSource(transaction, id);
    if (source !== undefined) {
      sources.set(id, { source, mapping: effectiveMapping(await findIdentityMapping(transaction, id)) });
    }
  }
  return sources;
}
