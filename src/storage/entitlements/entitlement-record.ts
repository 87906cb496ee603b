import { type EntitlementGovernance, type GovernanceField, governanceFields } from './entitlements.ts';
import { fold } from '../query/fold.ts';
import type { EntitlementTable } from '../tables.ts';

/** Conversions of entitlement rows: from a new entitlement, from the data of a source, and to the change record. */

/** The objects that an aggregation covers: those of one type on one source. */
export interface AggregationScope {
  readonly sourceId: string;
  readonly type: string;
}

/** The data of an entitlement that comes from its source, in stored form: JSON as text. */
export interface SourceTruth {
  readonly value: string;
  readonly displayName: string | null;
  readonly description: string | null;
  readonly privilege: string | null;
  /** A JSON object. */
  readonly attributes: string;
  /** A JSON array, or null. */
  readonly permissions: string | null;
  readonly parents: readonly string[];
  readonly fingerprint: string;
}

/** Returns the row of a new entitlement, without governance data. */
export function newEntitlement(scope: AggregationScope, truth: SourceTruth, id: string, now: number): EntitlementTable {
  return {
    id,
    source_id: scope.sourceId,
    type: scope.type,
    type_folded: fold(scope.type),
    value: truth.value,
    value_folded: fold(truth.value),
    fingerprint: truth.fingerprint,
    source_display_name: truth.displayName,
    source_description: truth.description,
    source_privilege: truth.privilege,
    attributes: truth.attributes,
    permissions: truth.permissions,
    has_parents: truth.parents.length > 0 ? 1 : 0,
    manual_name: null,
    manual_description: null,
    is_name_manual: 0,
    is_description_manual: 0,
    owner_id: null,
    additional_owners: null,
    requestable: 0,
    cloud_governed: 0,
    privilege_override: null,
    privilege_override_by: null,
    segments: null,
    access_model_metadata: null,
    request_config: null,
    tags: null,
    name_folded: fold(truth.displayName ?? truth.value),
    created: now,
    modified: now,
    version: 1,
    is_listed: 1,
    has_segments: 0,
  };
}

/** The stored state of a deleted entitlement. */
export interface EntitlementTombstone {
  readonly row: EntitlementTable;
  /** The values of its parents. */
  readonly parents: readonly string[];
}

/** Returns the JSON that the tombstone of an entitlement stores. */
export function storedTombstone(row: EntitlementTable, parents: readonly string[]): string {
  return JSON.stringify({ ...row, parents });
}

/** Columns that were added after the first tombstones were stored. */
type LaterColumn = 'tags' | 'request_config' | 'has_segments';

/** Parses the JSON of a tombstone. Those of earlier versions have no parents, or lack columns that were added later. */
export function parsedTombstone(stored: string): EntitlementTombstone {
  const {
    parents = [],
    tags = null,
    request_config = null,
    has_segments = 0,
    ...row
  } = JSON.parse(stored) as Omit<EntitlementTable, LaterColumn> &
    Partial<Pick<EntitlementTable, LaterColumn>> & { readonly parents?: string[] };
  return { row: { ...row, tags, request_config, has_segments }, parents };
}

/** Returns the row with the current data from the source. */
export function withTruth(row: EntitlementTable, truth: SourceTruth): EntitlementTable {
  return {
    ...row,
    fingerprint: truth.fingerprint,
    source_display_name: truth.displayName,
    source_description: truth.description,
    source_privilege: truth.privilege,
    attributes: truth.attributes,
    permissions: truth.permissions,
    has_parents: truth.parents.length > 0 ? 1 : 0,
    name_folded: row.is_name_manual === 1 ? row.name_folded : fold(truth.displayName ?? truth.value),
    is_listed: 1,
  };
}

/** Returns the state of the source's data for the change record. */
export function truthState(row: EntitlementTable, parents: readonly string[]): Record<string, unknown> {
  return {
    value: row.value,
    isListed: row.is_listed === 1,
    displayName: row.source_display_name,
    description: row.source_description,
    privilege: row.source_privilege,
    attributes: JSON.parse(row.attributes),
    permissions: row.permissions === null ? null : JSON.parse(row.permissions),
    parents: parents.toSorted(),
  };
}

/** Converts stored governance data for the change record: parses JSON, and converts flags to booleans. */
const recordedAs: Readonly<Record<GovernanceField, (stored: string | number | null) => unknown>> = {
  manualName: unchanged,
  manualDescription: unchanged,
  isNameManual: isSet,
  isDescriptionManual: isSet,
  ownerId: unchanged,
  additionalOwners: parsed,
  requestable: isSet,
  privilegeOverride: unchanged,
  privilegeOverrideBy: unchanged,
  segments: parsed,
  accessModelMetadata: parsed,
  requestConfig: parsed,
  tags: parsed,
};

/**
 * Returns the state of the governance data for the change record.
 * @param fields the fields to return; all by default
 */
export function governanceState(
  governance: EntitlementGovernance,
  fields: readonly GovernanceField[] = governanceFields,
): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, recordedAs[field](governance[field])]));
}

/** Returns the complete state of an entitlement for the change record. */
export function entitlementState(row: EntitlementTable, parents: readonly string[]): Record<string, unknown> {
  return {
    sourceId: row.source_id,
    type: row.type,
    // The change of the creation may be deleted before this time is needed.
    created: new Date(row.created).toISOString(),
    ...truthState(row, parents),
    ...governanceState({
      manualName: row.manual_name,
      manualDescription: row.manual_description,
      isNameManual: row.is_name_manual,
      isDescriptionManual: row.is_description_manual,
      ownerId: row.owner_id,
      additionalOwners: row.additional_owners,
      requestable: row.requestable,
      privilegeOverride: row.privilege_override,
      privilegeOverrideBy: row.privilege_override_by,
      segments: row.segments,
      accessModelMetadata: row.access_model_metadata,
      requestConfig: row.request_config,
      tags: row.tags,
    }),
  };
}

function unchanged(stored: string | number | null): unknown {
  return stored;
}

function isSet(stored: string | number | null): unknown {
  return stored === 1;
}

function parsed(stored: string | number | null): unknown {
  return stored === null ? null : JSON.parse(String(stored));
}
