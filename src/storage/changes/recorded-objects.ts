import { accountState } from '../accounts/account-record.ts';
import { holdingsOf } from '../accounts/account-entitlements.ts';
import { connectionState, findSetConnections } from '../connections/connections.ts';
import type { ChangedObject } from './changes.ts';
import type { Session } from '../database.ts';
import { entitlementState, governanceState } from '../entitlements/entitlement-record.ts';
import { identityState } from '../identities/identity-record.ts';
import { findMetadataAttributesById, metadataAttributeState } from '../metadata/attributes.ts';
import { findMemberships, membershipState } from '../governance-groups/memberships.ts';
import { stateOf } from '../resources/record-rows.ts';
import type { ColumnKinds, RecordTable } from '../resources/record-table.ts';
import { recordTables } from '../resources/record-tables.ts';
import { findRecords } from '../resources/records.ts';
import { tagsOf } from '../tags/object-tags.ts';

/** The types of objects with all fields in the change record, and how to read their current states. */

/** The current state of an object, in the form of the change record. */
export interface CurrentObject {
  readonly state: Readonly<Record<string, unknown>>;
  readonly modified: number;
  readonly version: number;
}

export interface RecordedObjects {
  readonly objectType: ChangedObject;
  readonly table: string;
  /** The fields of a creation, in order, if only their digest is stored; undefined if the record has the content. */
  readonly createdWith: readonly string[] | undefined;
  /** The initial values of the fields that a creation does not have. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** Returns the current states of the objects with these ids that exist. */
  readonly read: (session: Session, ids: readonly string[]) => Promise<Map<string, CurrentObject>>;
}

export const recordedObjects: readonly RecordedObjects[] = [
  {
    objectType: 'ENTITLEMENT',
    table: 'entitlement',
    createdWith: [
      'sourceId',
      'type',
      'value',
      'isListed',
      'displayName',
      'description',
      'privilege',
      'attributes',
      'permissions',
      'parents',
    ],
    defaults: governanceState({
      manualName: null,
      manualDescription: null,
      isNameManual: 0,
      isDescriptionManual: 0,
      ownerId: null,
      additionalOwners: null,
      requestable: 0,
      privilegeOverride: null,
      privilegeOverrideBy: null,
      segments: null,
      accessModelMetadata: null,
      requestConfig: null,
      tags: null,
    }),
    read: async ({ query }, ids) => {
      const rows = await query.selectFrom('entitlement').selectAll().where('id', 'in', ids).execute();
      const edges = await query
        .selectFrom('entitlement_parent')
        .select(['child_id', 'parent_value'])
        .where('child_id', 'in', ids)
        .execute();
      const parents = Map.groupBy(edges, (edge) => edge.child_id);
      return byId(rows, (row) =>
        entitlementState(
          row,
          (parents.get(row.id) ?? []).map((edge) => edge.parent_value),
        ),
      );
    },
  },
  {
    objectType: 'ACCOUNT',
    table: 'account',
    createdWith: [
      'sourceId',
      'nativeIdentity',
      'name',
      'uuid',
      'description',
      'disabled',
      'locked',
      'attributes',
      'entitlements',
    ],
    defaults: { identityId: null, manuallyCorrelated: false },
    read: async (session, ids) => {
      const rows = await session.query.selectFrom('account').selectAll().where('id', 'in', ids).execute();
      const holdings = await holdingsOf(session, ids);
      return byId(rows, (row) => accountState(row, holdings.get(row.id) ?? []));
    },
  },
  {
    objectType: 'IDENTITY',
    table: 'identity',
    createdWith: undefined,
    defaults: { managerId: null, tags: null },
    read: async (session, ids) => {
      const rows = await session.query.selectFrom('identity').selectAll().where('id', 'in', ids).execute();
      const tags = await tagsOf(session, 'IDENTITY', ids);
      return byId(rows, (row) => ({
        ...identityState(row),
        managerId: row.manager_id,
        tags: tags.get(row.id) ?? null,
      }));
    },
  },
  {
    objectType: 'TAG',
    table: 'tag',
    createdWith: undefined,
    defaults: {},
    read: async ({ query }, ids) => {
      const rows = await query.selectFrom('tag').selectAll().where('id', 'in', ids).execute();
      return byId(rows, ({ name }) => ({ name }));
    },
  },
  {
    objectType: 'METADATA_ATTRIBUTE',
    table: 'metadata_attribute',
    createdWith: undefined,
    defaults: {},
    read: async (session, ids) => {
      const attributes = await findMetadataAttributesById(session, ids);
      return byId(
        [...attributes].map(([id, attribute]) => ({ ...attribute, id })),
        metadataAttributeState,
      );
    },
  },
  {
    objectType: 'CONNECTION',
    table: 'connection',
    createdWith: undefined,
    defaults: {},
    read: async (session, ids) => byId(await findSetConnections(session, ids), connectionState),
  },
  ...recordTables.map((table: RecordTable<ColumnKinds, ChangedObject>) => ({
    objectType: table.objectType,
    table: table.name,
    createdWith: undefined,
    defaults: {},
    read: async (session: Session, ids: readonly string[]) =>
      byId(await findRecords(session, table, ids), (record) => stateOf(table, record)),
  })),
  {
    objectType: 'GOVERNANCE_GROUP_MEMBERSHIP',
    table: 'governance_group_membership',
    createdWith: undefined,
    defaults: {},
    read: async (session, ids) =>
      byId(
        // A membership is never changed.
        (await findMemberships(session, ids)).map((row) => ({ ...row, modified: row.created, version: 1 })),
        membershipState,
      ),
  },
];

function byId<R extends { readonly id: string; readonly modified: number; readonly version: number }>(
  rows: readonly R[],
  state: (row: R) => Readonly<Record<string, unknown>>,
): Map<string, CurrentObject> {
  return new Map(rows.map((row) => [row.id, { state: state(row), modified: row.modified, version: row.version }]));
}
