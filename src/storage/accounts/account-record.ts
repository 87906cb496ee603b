import { fold } from '../query/fold.ts';
import type { AccountTable } from '../tables.ts';

/** Conversions of account rows: from a new account, from the data of a source, and to the change record. */

/** An entitlement by its key within the source. */
export interface HeldEntitlement {
  readonly type: string;
  readonly value: string;
}

/** The data of an account that comes from its source. */
export interface AccountTruth {
  readonly nativeIdentity: string;
  readonly name: string;
  readonly uuid: string | null;
  readonly description: string | null;
  readonly disabled: boolean;
  readonly locked: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly entitlements: readonly HeldEntitlement[];
  readonly fingerprint: string;
}

/** Returns the row of a new account with only its key. */
export function newAccount(sourceId: string, nativeIdentity: string, id: string, now: number): AccountTable {
  return {
    id,
    source_id: sourceId,
    native_identity: nativeIdentity,
    native_identity_folded: fold(nativeIdentity),
    name: null,
    name_folded: '',
    uuid: null,
    uuid_folded: null,
    attributes: '{}',
    description: null,
    disabled: 0,
    locked: 0,
    identity_id: null,
    is_manually_correlated: 0,
    has_entitlements: 0,
    origin: 'AGGREGATED',
    fingerprint: '',
    created: now,
    modified: now,
    version: 1,
  };
}

/** Returns the row with the current data from the source. */
export function withAccountTruth(row: AccountTable, truth: AccountTruth): AccountTable {
  return {
    ...row,
    name: truth.name,
    name_folded: fold(truth.name),
    uuid: truth.uuid,
    uuid_folded: truth.uuid === null ? null : fold(truth.uuid),
    attributes: JSON.stringify(truth.attributes),
    description: truth.description,
    disabled: truth.disabled ? 1 : 0,
    locked: truth.locked ? 1 : 0,
    has_entitlements: truth.entitlements.length > 0 ? 1 : 0,
    fingerprint: truth.fingerprint,
  };
}

/** Returns the state of the source's data for the change record. */
export function accountTruthState(truth: Omit<AccountTruth, 'fingerprint'>): Record<string, unknown> {
  return {
    nativeIdentity: truth.nativeIdentity,
    name: truth.name,
    uuid: truth.uuid,
    description: truth.description,
    disabled: truth.disabled,
    locked: truth.locked,
    attributes: truth.attributes,
    entitlements: valuesByType(truth.entitlements),
  };
}

/** Returns the complete state of an account for the change record. */
export function accountState(row: AccountTable, entitlements: readonly HeldEntitlement[]): Record<string, unknown> {
  return {
    sourceId: row.source_id,
    ...accountTruthState(truthOf(row, entitlements)),
    identityId: row.identity_id,
    manuallyCorrelated: row.is_manually_correlated === 1,
  };
}

/** Returns the source's data of a stored account. */
export function truthOf(row: AccountTable, entitlements: readonly HeldEntitlement[]): AccountTruth {
  return {
    nativeIdentity: row.native_identity,
    name: row.name ?? row.native_identity,
    uuid: row.uuid,
    description: row.description,
    disabled: row.disabled === 1,
    locked: row.locked === 1,
    attributes: JSON.parse(row.attributes) as Record<string, unknown>,
    entitlements,
    fingerprint: row.fingerprint,
  };
}

/** Returns the values of entitlements by type, both sorted, so that equal sets of entitlements have equal JSON. */
function valuesByType(entitlements: readonly HeldEntitlement[]): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const { type, value } of entitlements) {
    (values[type] ??= []).push(value);
  }
  for (const list of Object.values(values)) {
    list.sort();
  }
  return Object.fromEntries(Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
