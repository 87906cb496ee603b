import { setImmediate as nextTick } from 'node:timers/promises';
import { referencedObjectNotFound } from '../../errors.ts';
import { recordChanges } from '../../storage/changes/changes.ts';
import type { Transaction } from '../../storage/database.ts';
import { lockEntitlements } from '../../storage/entitlements/entitlement-aggregation.ts';
import {
  entitlementsOfSegment,
  findReferencedSegments,
  type NewSegments,
  segmentIds,
  updateSegments,
} from '../../storage/entitlements/entitlement-segments.ts';
import type { ChangeContext } from '../changes/change-context.ts';

/** Throws a 400 for the first of these ids that no segment has. The segments cannot be deleted during the transaction. */
export async function checkSegmentsExist(transaction: Transaction, ids: readonly string[]): Promise<void> {
  const known = await findReferencedSegments(transaction, ids);
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) {
    throw referencedObjectNotFound('segment', unknown);
  }
}

/** Sets and records the segments of locked entitlements, which differ from the present ones. */
export async function storeSegments(
  transaction: Transaction,
  changes: readonly NewSegments[],
  context: ChangeContext,
  now: number,
): Promise<void> {
  await updateSegments(transaction, changes, now);
  await recordChanges(
    transaction,
    context,
    now,
    changes.map(({ row, segments }) => ({
      objectType: 'ENTITLEMENT',
      objectId: row.id,
      kind: 'updated',
      before: { segments: row.segments === null ? null : segmentIds(row.segments) },
      after: { segments },
    })),
  );
}

/** How many entitlements are changed before other requests are served: some ten milliseconds of work. */
const batch = 200;

/** Takes a locked segment, which is being deleted, off its entitlements. */
export async function releaseEntitlements(
  transaction: Transaction,
  segmentId: string,
  context: ChangeContext,
): Promise<void> {
  const now = Date.now();
  for (let last = ''; ;) {
    const ids = await entitlementsOfSegment(transaction, segmentId, last, batch);
    const end = ids.at(-1);
    if (end === undefined) {
      return;
    }
    const rows = await lockEntitlements(transaction, ids);
    await storeSegments(
      transaction,
      // Another transaction may have taken it off before this one locked the entitlement.
      [...rows.values()]
        .filter((row) => segmentIds(row.segments).includes(segmentId))
        .map((row) => ({ row, segments: withoutSegment(row.segments, segmentId) })),
      context,
      now,
    );
    last = end;
    await nextTick();
  }
}

/** Returns the segments of an entitlement without one of them; null if there is no other. */
export function withoutSegment(segments: string | null, id: string): string[] | null {
  const left = segmentIds(segments).filter((other) => other !== id);
  return left.length === 0 ? null : left;
}
