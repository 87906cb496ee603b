import { fold } from '../query/fold.ts';
import type { AccountTable } from '../tables.ts';

/** Rows of accounts: how one begins, how a source's word enters it, and how the change record tells of it. */

/** An entitlement by its key within the source. */
export interface HeldEntitlement {
  readonly type: string;
  readonly value: string;
}

/** What a source says of an account. */
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

/** A row of an account of which nothing is known yet but its key. */
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

/** The row with what the source says now. */
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

/** What the source says, in the terms of the change record. */
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

/** The whole account, in the terms of the change record. */
export function accountState(row: AccountTable, entitlements: readonly HeldEntitlement[]): Record<string, unknown> {
  return {
    sourceId: row.source_id,
    ...accountTruthState(truthOf(row, entitlements)),
    identityId: row.identity_id,
    manuallyCorrelated: row.is_manually_correlated === 1,
  };
}

/** What the source said of an account that is there. */
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

/** Values of entitlements by their types, both in order, so that equal holdings look equal. */
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
