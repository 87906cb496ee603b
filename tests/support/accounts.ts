import type { AppliedAccount } from '../../src/domain/identities/applied-account.ts';
import { newId } from '../../src/domain/ids.ts';
import type { Transaction } from '../../src/storage/database.ts';
import { fold } from '../../src/storage/query/fold.ts';

/** Adds accounts of a source as an aggregation would, for tests of identities and correlation. */
export async function addAccounts(
  transaction: Transaction,
  sourceId: string,
  accounts: readonly { readonly nativeIdentity: string; readonly attributes?: Readonly<Record<string, unknown>> }[],
): Promise<AppliedAccount[]> {
  const applied = accounts.map(({ nativeIdentity, attributes = {} }) => ({
    id: newId(),
    sourceId,
    nativeIdentity,
    name: nativeIdentity,
    attributes,
    isNew: true,
  }));
  await transaction.insertRows(
    'account',
    applied.map(({ id, nativeIdentity, name, attributes }) => ({
      id,
      source_id: sourceId,
      native_identity: nativeIdentity,
      native_identity_folded: fold(nativeIdentity),
      name,
      name_folded: fold(name),
      uuid: null,
      uuid_folded: null,
      attributes: JSON.stringify(attributes),
      description: null,
      disabled: 0 as const,
      locked: 0 as const,
      identity_id: null,
      is_manually_correlated: 0 as const,
      has_entitlements: 0 as const,
      origin: 'AGGREGATED',
      fingerprint: '',
      created: 0,
      modified: 0,
      version: 1,
    })),
  );
  return applied;
}
