import { findIdentityMapping, type IdentityMapping } from '../../storage/sources/correlation-config.ts';
import type { Transaction } from '../../storage/database.ts';
import { compareBinary } from '../../storage/query/fold.ts';
import { type AuthoritativeAccount, authoritativeAccountsOf } from '../../storage/identities/identity-changes.ts';
import type { IdentityTruth } from '../../storage/identities/identity-record.ts';
import { findSource } from '../../storage/sources/sources.ts';
import { effectiveMapping, identityTruth } from './identity-mapping.ts';
import type { ManagerSource } from './wanted-manager.ts';

/** The data that an identity gets from its authoritative account. */
export interface AccountData {
  readonly truth: IdentityTruth;
  readonly nativeIdentity: string;
}

/**
 * Returns the current data of identities from their authoritative accounts, by identity id. If an identity has several,
 * the account from the oldest source wins, and within a source the one with the lowest native identity. Identities
 * without an authoritative account are omitted.
 * @param removed the ids of accounts that do not count
 */
export async function accountDataOf(
  transaction: Transaction,
  identityIds: readonly string[],
  removed: readonly string[] = [],
): Promise<Map<string, AccountData>> {
  const winners = await winningAccounts(transaction, identityIds, removed);
  const sources = await sourcesOf(transaction, [...winners.values()]);
  const data = new Map<string, AccountData>();
  for (const [identityId, winner] of winners) {
    const known = sources.get(winner.sourceId);
    if (known !== undefined) {
      const account = {
        ...winner,
        name: winner.name ?? winner.nativeIdentity,
        attributes: JSON.parse(winner.attributes) as Record<string, unknown>,
        isNew: false,
      };
      const truth = identityTruth(known.source, account, known.mapping);
      data.set(identityId, { truth, nativeIdentity: winner.nativeIdentity });
    }
  }
  return data;
}

async function winningAccounts(
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
