import { setImmediate as nextTick } from 'node:timers/promises';
import type { Database } from '../../storage/database.ts';
import { shownName } from '../../storage/entitlements/entitlements.ts';
import { lockGoverned } from '../../storage/entitlements/governance-updates.ts';
import { type BulkChange, type PlannedChange, planChanges, recordedChange } from './bulk-change.ts';
import { type BulkSelection, numberOf, selectedIds } from './bulk-selection.ts';

/** What a bulk change would do, without doing it. */
export interface ChangePreview {
  /** The number of selected entitlements. */
  readonly total: number;
  /** How many of them were checked, by their ids: at most `mostChecked`. The other counts add up to it. */
  readonly checked: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
  /** The first of those that were checked. */
  readonly entitlements: readonly PreviewedEntitlement[];
  /** The first of those that cannot be changed. */
  readonly problems: readonly PreviewedEntitlement[];
}

/** The fields of an entitlement that would change, as in the change record; or why it cannot be changed. */
export interface PreviewedEntitlement {
  readonly id: string;
  /** Null if there is no such entitlement. */
  readonly name: string | null;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  readonly problem: string | null;
}

/** How many entitlements a preview checks. */
export const mostChecked = 10_000;
/** How many it shows. */
export const mostShown = 50;
/** How many are checked before other requests are served: some ten milliseconds of work. */
const batchSize = 200;

/** Returns what a bulk change would do at this moment. Nothing is written. */
export async function previewChange(
  database: Database,
  selection: BulkSelection,
  change: BulkChange,
  actorId: string | null,
): Promise<ChangePreview> {
  const total = await numberOf(database, selection);
  const ids = await selectedIds(database, selection, '', mostChecked);
  const checked: PreviewedEntitlement[] = [];
  const problems: PreviewedEntitlement[] = [];
  let updated = 0;
  let unchanged = 0;
  let failed = 0;
  for (let first = 0; first < ids.length; first += batchSize) {
    const batch = ids.slice(first, first + batchSize);
    // A transaction, so that the references are looked up exactly as by the task.
    const planned = await database.write(async (transaction) =>
      planChanges(transaction, await lockGoverned(transaction, batch), () => change, actorId),
    );
    const found = new Map(planned.map((plan) => [plan.before.id, plan]));
    for (const id of batch) {
      const shown = previewed(id, found.get(id));
      if (shown.problem !== null) {
        failed += 1;
      } else if (Object.keys(shown.after).length > 0) {
        updated += 1;
      } else {
        unchanged += 1;
      }
      if (checked.length < mostShown) {
        checked.push(shown);
      }
      if (shown.problem !== null && problems.length < mostShown) {
        problems.push(shown);
      }
    }
    await nextTick();
  }
  return { total, checked: ids.length, updated, unchanged, failed, entitlements: checked, problems };
}

function previewed(id: string, plan: PlannedChange | undefined): PreviewedEntitlement {
  if (plan === undefined) {
    const problem = `There is no entitlement with id "${id}".`;
    return { id, name: null, before: {}, after: {}, problem };
  }
  const { before = {}, after = {} } = recordedChange(plan) ?? {};
  return { id, name: shownName(plan.before), before, after, problem: plan.problem?.message ?? null };
}
