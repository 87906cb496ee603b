import { fold } from '../query/fold.ts';
import type { Pair } from './identity-attributes.ts';
import type { IdentityTable } from '../tables.ts';

/** Conversions of identity rows: from a new identity, from the data of an account, and to the change record. */

/** The basic fields of an identity. Times are UTC milliseconds. */
export interface Identity {
  readonly id: string;
  readonly alias: string;
  readonly name: string;
  readonly email: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The person's user levels and other capabilities. */
  readonly capabilities: readonly string[];
  readonly created: number;
  readonly modified: number;
  readonly version: number;
}

/** The states of an identity that this server can determine (contract B.3, `identityStatus`). */
export type IdentityStatus = 'UNREGISTERED' | 'ACTIVE' | 'DISABLED' | 'TERMINATED' | 'DEACTIVATED';

/** The data of an identity that comes from its authoritative account. */
export interface IdentityTruth {
  readonly alias: string;
  readonly name: string;
  readonly email: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  /** A JSON object. */
  readonly attributes: string;
  readonly lifecycleState: string | null;
  readonly status: IdentityStatus;
  /** The manager reference. */
  readonly manager: Pair | null;
  readonly sourceId: string;
  readonly accountId: string;
}

/** Returns the row of a new identity without an authoritative account. */
export function newIdentity(identity: Identity): IdentityTable {
  const text = (name: string): string | null => {
    const value = identity.attributes[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    id: identity.id,
    ...named(identity.alias, identity.name, identity.email, text('firstname'), text('lastname')),
    attributes: JSON.stringify(identity.attributes),
    capabilities: JSON.stringify(identity.capabilities),
    created: identity.created,
    modified: identity.modified,
    version: identity.version,
    source_id: null,
    account_id: null,
    manager_id: null,
    manager_property: null,
    manager_value_folded: null,
    lifecycle_state: null,
    identity_status: 'UNREGISTERED',
    cloud_status: 'UNREGISTERED',
    processing_state: null,
    is_protected: 0,
    is_correlated: 1,
    last_refresh: identity.created,
  };
}

/** Returns the row with the current data of its authoritative account. */
export function withAccount(row: IdentityTable, truth: IdentityTruth): IdentityTable {
  return {
    ...row,
    ...named(truth.alias, truth.name, truth.email, truth.firstName, truth.lastName),
    attributes: truth.attributes,
    source_id: truth.sourceId,
    account_id: truth.accountId,
    manager_property: truth.manager?.property ?? null,
    manager_value_folded: truth.manager?.value ?? null,
    lifecycle_state: truth.lifecycleState,
    identity_status: truth.status,
    cloud_status: truth.status,
    processing_state: 'OK',
    is_correlated: 1,
  };
}

/** Returns the row without an authoritative account. The data of the account is kept. */
export function withoutAccount(row: IdentityTable): IdentityTable {
  return {
    ...row,
    account_id: null,
    identity_status: 'DEACTIVATED',
    cloud_status: 'DEACTIVATED',
    is_correlated: 0,
  };
}

function named(
  alias: string,
  name: string,
  email: string | null,
  firstName: string | null,
  lastName: string | null,
): Pick<
  IdentityTable,
  | 'alias'
  | 'alias_folded'
  | 'name'
  | 'name_folded'
  | 'email'
  | 'email_folded'
  | 'first_name'
  | 'first_name_folded'
  | 'last_name'
  | 'last_name_folded'
> {
  return {
    alias,
    alias_folded: fold(alias),
    name,
    name_folded: fold(name),
    email,
    email_folded: foldOrNull(email),
    first_name: firstName,
    first_name_folded: foldOrNull(firstName),
    last_name: lastName,
    last_name_folded: foldOrNull(lastName),
  };
}

function foldOrNull(text: string | null): string | null {
  return text === null ? null : fold(text);
}

/** Returns the state of an identity for the change record, without its manager, which other changes can affect. */
export function identityState(row: IdentityTable): Record<string, unknown> {
  return {
    alias: row.alias,
    name: row.name,
    email: row.email,
    firstName: row.first_name,
    lastName: row.last_name,
    attributes: JSON.parse(row.attributes),
    capabilities: JSON.parse(row.capabilities),
    sourceId: row.source_id,
    accountId: row.account_id,
    managerProperty: row.manager_property,
    managerValue: row.manager_value_folded,
    lifecycleState: row.lifecycle_state,
    identityStatus: row.identity_status,
    correlated: row.is_correlated === 1,
  };
}
