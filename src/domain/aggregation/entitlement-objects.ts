import {
  countUnknownParents,
  createEntitlements,
  entitlementsByValue,
  heldEntitlements,
  updateEntitlements,
} from '../../storage/entitlements/entitlement-aggregation.ts';
import { deleteEntitlements } from '../../storage/entitlements/entitlement-deletion.ts';
import type { AggregationScope, SourceTruth } from '../../storage/entitlements/entitlement-record.ts';
import { unlistEntitlements } from '../../storage/entitlements/unlisted-entitlements.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { entitlementNormaliser, type EntitlementSchema, type SourceEntitlement } from './normalise.ts';
import type { AggregatedObjects } from './objects.ts';
import type { AggregationRun } from './run.ts';
import { mappingHashOf, permissionsColumn } from './read-attributes.ts';

/** The entitlements of one type on one source, for their aggregation. */
export function entitlementObjects(
  scope: AggregationScope,
  schema: EntitlementSchema,
  context: ChangeContext,
): AggregatedObjects<SourceEntitlement> {
  return {
    noun: ['entitlement', 'entitlements'],
    schema,
    isIndexed: (column) =>
      (column === schema.displayAttribute || column === schema.hierarchyAttribute) &&
      !(schema.includePermissions && column === permissionsColumn),
    singleRowsCanBeBad: schema.includePermissions,
    mappingHash: (columns) => mappingHashOf(schema, columns, [schema.displayAttribute, schema.hierarchyAttribute]),
    normaliser: (columns) => entitlementNormaliser(schema, columns),
    known: (session, afterKey, limit) => entitlementsByValue(session, scope, afterKey, limit),
    write: async (transaction, { creates, updates }, now) => {
      let restored = 0;
      if (creates.length > 0) {
        const truths = creates.map(({ object }) => toTruth(object));
        const ids = creates.map(({ id }) => id);
        ({ restored } = await createEntitlements(transaction, scope, truths, ids, context, now));
      }
      let updated = 0;
      if (updates.length > 0) {
        const truths = updates.map(({ id, object }) => ({ id, truth: toTruth(object) }));
        updated = await updateEntitlements(transaction, scope, truths, context, now);
      }
      return { created: creates.length, restored, updated, unchanged: updates.length - updated };
    },
    held: heldEntitlements,
    remove: async (transaction, ids, now) => {
      const held = await heldEntitlements(transaction, ids);
      await unlistEntitlements(transaction, [...held], context, now);
      const free = ids.filter((id) => !held.has(id));
      return { deleted: await deleteEntitlements(transaction, free, context, now) };
    },
    finish: async (run) => {
      if (schema.hierarchyAttribute !== null) {
        await reportUnknownParents(run, scope);
      }
    },
  };
}

/** Parents may be loaded later, with another file. The message also helps to detect a wrong hierarchy attribute. */
async function reportUnknownParents(run: AggregationRun, scope: AggregationScope): Promise<void> {
  const unknown = await countUnknownParents(run.database.scan, scope);
  if (unknown > 0) {
    run.report.inform(
      'parents_not_in_catalogue',
      `${unknown === 1 ? '1 parent named by entitlements is' : `${unknown} parents named by entitlements are`} not in the catalogue yet.`,
      [String(unknown)],
    );
  }
}

function toTruth({ warnings: _warnings, weight: _weight, ...object }: SourceEntitlement): SourceTruth {
  return {
    ...object,
    attributes: JSON.stringify(object.attributes),
    permissions: object.permissions === null ? null : JSON.stringify(object.permissions),
  };
}
