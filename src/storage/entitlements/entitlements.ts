import { sql } from 'kysely';
import type { Session, Transaction } from '../database.ts';
import { fold } from '../query/fold.ts';
import { prepared, preparedWrite, type PreparedWrite } from '../query/prepared.ts';
import type { EntitlementTable, Flag } from '../tables.ts';
import { renameAssignments, replaceAssignments } from './entitlement-segments.ts';

/**
 * One entitlement with the names of the objects it refers to. JSON is kept as the stored text: most of it is sent to
 * clients without parsing. Times are UTC milliseconds.
 */
export interface EntitlementRow {
  readonly id: string;
  readonly sourceId: string;
  readonly sourceName: string;
  /** The name of the group schema; `sourceSchemaObjectType` on the wire. */
  readonly type: string;
  /** The account attribute for entitlements of this type, or null. */
  readonly attribute: string | null;
  readonly value: string;
  readonly sourceDisplayName: string | null;
  readonly sourceDescription: string | null;
  readonly sourcePrivilege: string | null;
  /** A JSON object. */
  readonly attributes: string;
  /** A JSON array of `{rights, target}`, or null. */
  readonly permissions: string | null;
  readonly hasParents: Flag;
  readonly manualName: string | null;
  readonly manualDescription: string | null;
  readonly isNameManual: Flag;
  readonly isDescriptionManual: Flag;
  readonly ownerId: string | null;
  readonly ownerName: string | null;
  /** A JSON array of references, or null. */
  readonly additionalOwners: string | null;
  readonly requestable: Flag;
  readonly cloudGoverned: Flag;
  readonly privilegeOverride: string | null;
  /** The id of the identity that set the override. */
  readonly privilegeOverrideBy: string | null;
  /** A JSON array of ids, or null. */
  readonly segments: string | null;
  /** A JSON object with `attributes`, or null. */
  readonly accessModelMetadata: string | null;
  /** What is set of its request configuration, a JSON object, or null (see `SetRequestConfig`). */
  readonly requestConfig: string | null;
  /** A JSON array of the names of its tags, or null for none. */
  readonly tags: string | null;
  readonly created: number;
  readonly modified: number;
  readonly version: number;
}

/** Returns the name to show: the manual one, or else that of the source, or else the value. */
export function shownName(
  row: Pick<EntitlementRow, 'isNameManual' | 'manualName' | 'sourceDisplayName' | 'value'>,
): string {
  return (row.isNameManual === 1 ? row.manualName : row.sourceDisplayName) ?? row.value;
}

/** Returns the description to show: the manual one, which may be null, or else that of the source. */
export function shownDescription(
  row: Pick<EntitlementRow, 'isDescriptionManual' | 'manualDescription' | 'sourceDescription'>,
): string | null {
  return row.isDescriptionManual === 1 ? row.manualDescription : row.sourceDescription;
}

/**
 * The columns of `EntitlementRow`, selected from `entitlement`. Names come from subqueries: SQLite prepares a join
 * again for every new parameter, which takes ten times as long as reading the row.
 */
export const entitlementColumns = [
  'entitlement.id',
  'entitlement.source_id as sourceId',
  sql<string>`(select source.name from source where source.id = entitlement.source_id)`.as('sourceName'),
  'entitlement.type',
  sql<string | null>`(select source_schema.account_attribute from source_schema
    where source_schema.source_id = entitlement.source_id and source_schema.name = entitlement.type)`.as('attribute'),
  'entitlement.value',
  'entitlement.source_display_name as sourceDisplayName',
  'entitlement.source_description as sourceDescription',
  'entitlement.source_privilege as sourcePrivilege',
  'entitlement.attributes',
  'entitlement.permissions',
  'entitlement.has_parents as hasParents',
  'entitlement.manual_name as manualName',
  'entitlement.manual_description as manualDescription',
  'entitlement.is_name_manual as isNameManual',
  'entitlement.is_description_manual as isDescriptionManual',
  'entitlement.owner_id as ownerId',
  sql<string | null>`(select identity.name from identity where identity.id = entitlement.owner_id)`.as('ownerName'),
  'entitlement.additional_owners as additionalOwners',
  'entitlement.requestable',
  'entitlement.cloud_governed as cloudGoverned',
  'entitlement.privilege_override as privilegeOverride',
  'entitlement.privilege_override_by as privilegeOverrideBy',
  'entitlement.segments',
  'entitlement.access_model_metadata as accessModelMetadata',
  'entitlement.request_config as requestConfig',
  'entitlement.tags',
  'entitlement.created',
  'entitlement.modified',
  'entitlement.version',
] as const;

const selectById = prepared<{ id: string }, EntitlementRow>(({ query }, { id }) =>
  query.selectFrom('entitlement').where('entitlement.id', '=', id).select(entitlementColumns),
);

/** Returns the entitlement with this id, or undefined. */
export async function findEntitlement(session: Session, id: string): Promise<EntitlementRow | undefined> {
  return (await selectById(session, { id }))[0];
}

const selectToChange = prepared<{ id: string }, EntitlementRow>(({ query, dialect }, { id }) =>
  query
    .selectFrom('entitlement')
    .where('entitlement.id', '=', id)
    .select(entitlementColumns)
    .$if(dialect.locksRows, (select) => select.forUpdate()),
);

/** Returns the entitlement with this id, or undefined, and locks it until the transaction ends. */
export async function lockEntitlement(transaction: Transaction, id: string): Promise<EntitlementRow | undefined> {
  return (await selectToChange(transaction, { id }))[0];
}

/** The columns of governance data: set by people, whereas the others come from the source. */
export const governanceColumns = {
  manualName: 'manual_name',
  manualDescription: 'manual_description',
  isNameManual: 'is_name_manual',
  isDescriptionManual: 'is_description_manual',
  ownerId: 'owner_id',
  additionalOwners: 'additional_owners',
  requestable: 'requestable',
  privilegeOverride: 'privilege_override',
  privilegeOverrideBy: 'privilege_override_by',
  segments: 'segments',
  accessModelMetadata: 'access_model_metadata',
  requestConfig: 'request_config',
  tags: 'tags',
} as const satisfies Partial<Record<keyof EntitlementRow, keyof EntitlementTable>>;

/** The governance data of an entitlement. */
export type EntitlementGovernance = Pick<EntitlementRow, keyof typeof governanceColumns>;

export type GovernanceField = keyof EntitlementGovernance;

/** What changes of governance data need of an entitlement. */
export type GovernedEntitlement = EntitlementGovernance &
  Pick<
    EntitlementRow,
    'id' | 'value' | 'sourceDisplayName' | 'sourceDescription' | 'sourcePrivilege' | 'ownerName' | 'version'
  >;

export const governanceFields = Object.keys(governanceColumns) as GovernanceField[];

/** Returns the fields in which two states differ in stored form. */
export function changedGovernance(before: EntitlementGovernance, after: EntitlementGovernance): GovernanceField[] {
  return governanceFields.filter((field) => after[field] !== before[field]);
}

interface GovernanceUpdate extends EntitlementGovernance {
  readonly id: string;
  readonly nameFolded: string;
  readonly hasSegments: Flag;
  readonly now: number;
  readonly version: number;
}

const updates = new Map<string, PreparedWrite<GovernanceUpdate>>();

/**
 * Returns the statement that sets only these fields. SQLite updates every index with one of the columns that a
 * statement sets, changed or not, and each costs another page write.
 */
function updateOf(fields: readonly GovernanceField[], isNameChanged: boolean): PreparedWrite<GovernanceUpdate> {
  const key = `${fields.join()} ${isNameChanged}`;
  const known = updates.get(key);
  if (known !== undefined) {
    return known;
  }
  const update = preparedWrite<GovernanceUpdate>(({ query }, values) =>
    query
      .updateTable('entitlement')
      .set({
        ...Object.fromEntries(fields.map((field) => [governanceColumns[field], values[field]])),
        ...(isNameChanged ? { name_folded: values.nameFolded } : {}),
        ...(fields.includes('segments') ? { has_segments: values.hasSegments } : {}),
        modified: values.now,
        version: values.version,
      })
      .where('id', '=', values.id),
  );
  updates.set(key, update);
  return update;
}

/** Updates the governance data of a locked entitlement with its assignments to segments, and increments its version. */
export async function updateGovernance(
  transaction: Transaction,
  before: EntitlementRow,
  governance: EntitlementGovernance,
  now: number,
): Promise<void> {
  const changed = changedGovernance(before, governance);
  const { id, version } = before;
  const nameFolded = fold(shownName({ ...before, ...governance }));
  const isNameChanged = nameFolded !== fold(shownName(before));
  const entitlement = { id, name_folded: nameFolded, segments: governance.segments };
  let hasSegments: Flag = 0;
  if (changed.includes('segments')) {
    hasSegments = (await replaceAssignments(transaction, [entitlement])).has(id) ? 1 : 0;
  } else if (isNameChanged && before.segments !== null) {
    await renameAssignments(transaction, [entitlement]);
  }
  const update = updateOf(changed, isNameChanged);
  await update(transaction, { ...governance, id, nameFolded, hasSegments, now, version: version + 1 });
}
