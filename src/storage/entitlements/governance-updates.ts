import { sql } from 'kysely';
import type { Condition } from '../../list-query.ts';
import type { Transaction } from '../database.ts';
import { compileCondition } from '../query/condition.ts';
import { fold } from '../query/fold.ts';
import { replaceObjectTags, tagsIn } from '../tags/object-tags.ts';
import { updateRows } from '../query/update-rows.ts';
import { listColumns } from './entitlement-lists.ts';
import { renameAssignments, replaceAssignments } from './entitlement-segments.ts';
import {
  changedGovernance,
  type EntitlementGovernance,
  governanceColumns,
  type GovernedEntitlement,
  shownName,
} from './entitlements.ts';

/** Changes of the governance data of many entitlements, read and written together. */

const columns = [
  'entitlement.id',
  'entitlement.value',
  'entitlement.source_display_name as sourceDisplayName',
  'entitlement.source_description as sourceDescription',
  'entitlement.source_privilege as sourcePrivilege',
  'entitlement.manual_name as manualName',
  'entitlement.manual_description as manualDescription',
  'entitlement.is_name_manual as isNameManual',
  'entitlement.is_description_manual as isDescriptionManual',
  'entitlement.owner_id as ownerId',
  sql<string | null>`(select identity.name from identity where identity.id = entitlement.owner_id)`.as('ownerName'),
  'entitlement.additional_owners as additionalOwners',
  'entitlement.requestable',
  'entitlement.privilege_override as privilegeOverride',
  'entitlement.privilege_override_by as privilegeOverrideBy',
  'entitlement.segments',
  'entitlement.access_model_metadata as accessModelMetadata',
  'entitlement.request_config as requestConfig',
  'entitlement.tags',
  'entitlement.version',
] as const;

/**
 * Returns those of these entitlements that exist, sorted by id, and locks them until the transaction ends.
 * @param condition if given, only those that still match it
 */
export async function lockGoverned(
  transaction: Transaction,
  ids: readonly string[],
  condition?: Condition,
): Promise<GovernedEntitlement[]> {
  if (ids.length === 0) {
    return [];
  }
  return (
    transaction.query
      .selectFrom('entitlement')
      .select(columns)
      .where('entitlement.id', 'in', ids)
      .$if(condition !== undefined, (select) =>
        condition === undefined ? select : select.where(compileCondition(condition, listColumns)),
      )
      // The same order in every transaction prevents deadlocks.
      .orderBy('entitlement.id')
      .$if(transaction.dialect.locksRows, (select) => select.forUpdate())
      .execute()
  );
}

/** New governance data of a locked entitlement. */
export interface GovernanceChange {
  readonly before: GovernedEntitlement;
  readonly after: EntitlementGovernance;
}

type Row = Readonly<Record<string, string | number | null>> & { readonly id: string };

/**
 * Updates the governance data of locked entitlements, which differs from the present data, with their assignments to
 * segments and tags, and increments their versions. New tags must exist.
 */
export async function updateGovernanceOfMany(
  transaction: Transaction,
  changes: readonly GovernanceChange[],
  now: number,
): Promise<void> {
  const named = changes.map((change) => {
    const nameFolded = fold(shownName({ ...change.before, ...change.after }));
    return {
      ...change,
      fields: changedGovernance(change.before, change.after),
      nameFolded,
      isNameChanged: nameFolded !== fold(shownName(change.before)),
    };
  });
  const entitlement = ({ before, after, nameFolded }: (typeof named)[number]) => ({
    id: before.id,
    name_folded: nameFolded,
    segments: after.segments,
  });
  const assigned = await replaceAssignments(
    transaction,
    named.filter(({ fields }) => fields.includes('segments')).map(entitlement),
  );
  await renameAssignments(
    transaction,
    named
      .filter(
        ({ fields, isNameChanged, before }) =>
          isNameChanged && !fields.includes('segments') && before.segments !== null,
      )
      .map(entitlement),
  );
  await replaceObjectTags(
    transaction,
    'ENTITLEMENT',
    named
      .filter(({ fields }) => fields.includes('tags'))
      .map(({ before, after }) => ({ id: before.id, before: tagsIn(before.tags), after: tagsIn(after.tags) })),
  );
  // SQLite updates every index with one of the columns that a statement sets, changed or not.
  const groups = Map.groupBy(named, ({ fields, isNameChanged }) => `${fields.join()} ${isNameChanged}`);
  for (const group of groups.values()) {
    await updateGroup(
      transaction,
      group.map(({ before: { id, version }, after, fields, nameFolded, isNameChanged }) => ({
        row: {
          ...Object.fromEntries(fields.map((field) => [governanceColumns[field], after[field]])),
          ...(isNameChanged ? { name_folded: nameFolded } : {}),
          ...(fields.includes('segments') ? { has_segments: assigned.has(id) ? 1 : 0 } : {}),
          modified: now,
          id,
        },
        version: version + 1,
      })),
    );
  }
}

/** Updates rows with the same columns: with one set of values if they all get the same ones. */
async function updateGroup(
  transaction: Transaction,
  rows: readonly { readonly row: Row; readonly version: number }[],
): Promise<void> {
  const [first] = rows;
  if (first === undefined) {
    return;
  }
  const { id: _, ...values } = first.row;
  const names = Object.keys(values);
  if (rows.every(({ row }) => names.every((name) => row[name] === values[name]))) {
    const ids = rows.map(({ row }) => row.id);
    await transaction.query
      .updateTable('entitlement')
      .set((set) => ({ ...values, version: set('version', '+', 1) }))
      .where('id', 'in', ids)
      .execute();
    return;
  }
  await updateRows(
    transaction,
    'entitlement',
    rows.map(({ row, version }) => ({ ...row, version })),
  );
}
