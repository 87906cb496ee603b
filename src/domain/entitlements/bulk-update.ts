import { enumerated } from '../../error-text.ts';
import { illegalValue, referencedObjectsNotFound } from '../../errors.ts';
import type { Database } from '../../storage/database.ts';
import { lockGoverned } from '../../storage/entitlements/governance-updates.ts';
import { shownValue } from '../shown-value.ts';
import { planChanges, storePlanned } from './bulk-change.ts';
import type { EntitlementPatch } from './entitlements.ts';
import { type PrivilegeField, privilegePaths } from './entitlement-patch.ts';

/** The maximum number of entitlements (contract A.1, bulk). */
export const mostUpdated = 50;

/** One JSON Patch for several entitlements. */
export interface BulkUpdate extends Pick<EntitlementPatch, 'operations' | 'privilegeField' | 'context'> {
  /** Up to `mostUpdated` ids. An id that is given twice counts once. */
  readonly ids: readonly string[];
}

/**
 * Applies a JSON Patch to several entitlements, to all of them or to none (contract A.1, 6). It may replace `requestable`
 * and the privilege level; the rules are those for the patch of one entitlement.
 * @throws 400 for any other operation, for an invalid value, and for unknown ids, all of which it names
 */
export async function updateEntitlements(database: Database, update: BulkUpdate): Promise<void> {
  refuseOperations(update.operations, update.privilegeField);
  const ids = [...new Set(update.ids)];
  await database.write(async (transaction) => {
    // PostgreSQL does not accept NUL in text, and no id contains one.
    const found = await lockGoverned(
      transaction,
      ids.filter((id) => !id.includes('\0')),
    );
    const known = new Set(found.map(({ id }) => id));
    const unknown = ids.filter((id) => !known.has(id));
    if (unknown.length > 0) {
      throw referencedObjectsNotFound('entitlement', unknown);
    }
    const { operations, privilegeField, context } = update;
    const planned = await planChanges(transaction, found, () => ({ operations, privilegeField }), context.actorId);
    const refused = planned.find(({ problem }) => problem !== undefined);
    if (refused?.problem !== undefined) {
      throw refused.problem;
    }
    await storePlanned(transaction, planned, context);
  });
}

function refuseOperations(operations: readonly unknown[], privilegeField: PrivilegeField): void {
  const paths = ['/requestable', privilegePaths[privilegeField]];
  for (const [index, operation] of operations.entries()) {
    const { op, path } = Object(operation) as { op?: unknown; path?: unknown };
    if (op !== 'replace' || !paths.includes(String(path))) {
      throw illegalValue(
        `Patch operation [${index}] (op ${shownValue(op)}, path ${shownValue(path)}) is not allowed in a bulk update. Allowed are replace ${enumerated(paths)}; patch other fields one entitlement at a time.`,
      );
    }
  }
}
