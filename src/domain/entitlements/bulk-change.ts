import { MunimentError } from '../../errors.ts';
import { difference, recordChanges } from '../../storage/changes/changes.ts';
import type { Transaction } from '../../storage/database.ts';
import { governanceState } from '../../storage/entitlements/entitlement-record.ts';
import { changedGovernance, type GovernedEntitlement } from '../../storage/entitlements/entitlements.ts';
import { type GovernanceChange, updateGovernanceOfMany } from '../../storage/entitlements/governance-updates.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { attributesOf } from '../metadata/assignments.ts';
import { groupNamesIn } from './additional-owners.ts';
import { type BulkChange, type Draft, draftOf, finisherOf } from './change-draft.ts';

export type { BulkChange } from './change-draft.ts';

/** The one way to change many entitlements: plan the changes of a batch in a few queries, then store them in a few. */

/** What a change does to an entitlement, which may be nothing; or why the entitlement cannot be changed. */
export type PlannedChange =
  | (GovernanceChange & { readonly problem?: undefined })
  | { readonly before: GovernedEntitlement; readonly problem: MunimentError };

/**
 * Determines what changes do to locked entitlements, by the rules for the patch of one entitlement. The objects to which
 * they refer cannot be deleted until the transaction ends.
 * @param actorId the identity that changes them
 */
export async function planChanges(
  transaction: Transaction,
  entitlements: readonly GovernedEntitlement[],
  changeOf: (entitlement: GovernedEntitlement) => BulkChange,
  actorId: string | null,
): Promise<PlannedChange[]> {
  const owners = entitlements.map(({ additionalOwners }) => additionalOwners);
  const groups = await groupNamesIn(transaction, owners);
  const metadata = entitlements.map(({ accessModelMetadata }) => accessModelMetadata);
  const attributes = await attributesOf(transaction, metadata);
  const drafts = entitlements.map((before) =>
    unlessRefused(before, () => ({ draft: draftOf(before, changeOf(before), { groups, attributes, actorId }) })),
  );
  const finished = await finisherOf(
    transaction,
    drafts.flatMap((one): Draft[] => ('draft' in one ? [one.draft] : [])),
  );
  return drafts.map((one) =>
    'draft' in one
      ? unlessRefused(one.draft.before, () => ({ before: one.draft.before, after: finished(one.draft).governance }))
      : one,
  );
}

/** Stores and records planned changes as far as they have no problem. Returns the number of entitlements that changed. */
export async function storePlanned(
  transaction: Transaction,
  planned: readonly PlannedChange[],
  context: ChangeContext,
): Promise<number> {
  const now = Date.now();
  const changed = planned.flatMap((plan) => {
    const recorded = recordedChange(plan);
    return plan.problem !== undefined || recorded === undefined ? [] : [{ plan, recorded }];
  });
  await updateGovernanceOfMany(
    transaction,
    changed.map(({ plan }) => plan),
    now,
  );
  await recordChanges(
    transaction,
    context,
    now,
    changed.map(({ plan, recorded }) => ({
      objectType: 'ENTITLEMENT',
      objectId: plan.before.id,
      kind: 'updated',
      ...recorded,
    })),
  );
  return changed.length;
}

/** The fields that a planned change changes, before and after, as in the change record; undefined if there are none. */
export function recordedChange(
  plan: PlannedChange,
): { readonly before: Record<string, unknown>; readonly after: Record<string, unknown> } | undefined {
  if (plan.problem !== undefined) {
    return undefined;
  }
  const fields = changedGovernance(plan.before, plan.after);
  return fields.length === 0
    ? undefined
    : difference(governanceState(plan.before, fields), governanceState(plan.after, fields));
}

/** Returns the result of `work`, or the violated rule with the entitlement. */
function unlessRefused<T>(
  before: GovernedEntitlement,
  work: () => T,
): T | { readonly before: GovernedEntitlement; readonly problem: MunimentError } {
  try {
    return work();
  } catch (error) {
    if (error instanceof MunimentError) {
      return { before, problem: error };
    }
    throw error;
  }
}
