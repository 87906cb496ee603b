import { badRequestContent, illegalValue, referencedObjectNotFound } from '../../errors.ts';
import type { Database, Transaction } from '../../storage/database.ts';
import { lockEntitlements } from '../../storage/entitlements/entitlement-aggregation.ts';
import { type NewSegments, segmentIds } from '../../storage/entitlements/entitlement-segments.ts';
import type { EntitlementTable } from '../../storage/tables.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { checkSegmentsExist, storeSegments, withoutSegment } from '../segments/segment-references.ts';
import { isSegmentId } from '../segments/segment-id.ts';
import { shownValue } from '../shown-value.ts';
import { mostSegments } from './entitlement-fields.ts';

/** Entitlements to assign to a segment, and entitlements to remove from it, by their ids. */
export interface SegmentAssignments {
  readonly segmentId: string;
  readonly assignments: readonly string[];
  readonly removals: readonly string[];
}

/** The maximum number of entitlements in one request. */
const mostEntitlements = 50;

/**
 * Assigns entitlements to a segment and removes others from it, all or none (contract A.2). Entitlements that are assigned
 * or removed already are not changed.
 * @throws 400 for no entitlement or too many, for one that is named twice, and for ids that do not exist
 */
export async function updateSegmentAssignments(
  database: Database,
  { segmentId, assignments, removals }: SegmentAssignments,
  context: ChangeContext,
): Promise<void> {
  checkIds(assignments, removals);
  const id = segmentId.toLowerCase();
  if (!isSegmentId(id)) {
    throw referencedObjectNotFound('segment', segmentId);
  }
  await database.write(async (transaction) => {
    await checkSegmentsExist(transaction, [id]);
    const rows = await lockedEntitlements(transaction, [...assignments, ...removals]);
    const assigned = new Set(assignments);
    const changes = rows
      .filter((row) => segmentIds(row.segments).includes(id) !== assigned.has(row.id))
      .map((row) => ({
        row,
        segments: assigned.has(row.id) ? withSegment(row, id) : withoutSegment(row.segments, id),
      }));
    await storeSegments(transaction, changes, context, Date.now());
  });
}

function checkIds(assignments: readonly string[], removals: readonly string[]): void {
  const ids = [...assignments, ...removals];
  if (ids.length === 0 || ids.length > mostEntitlements) {
    throw badRequestContent(
      `Fields "assignments" and "removals" have ${ids.length} entitlements. Together they must have 1 to ${mostEntitlements}.`,
    );
  }
  const repeated = ids.find((id, index) => ids.indexOf(id) < index);
  if (repeated !== undefined) {
    const place = assignments.includes(repeated)
      ? removals.includes(repeated)
        ? 'in both "assignments" and "removals"'
        : 'twice in "assignments"'
      : 'twice in "removals"';
    throw badRequestContent(`Entitlement ${shownValue(repeated)} is ${place}. Send it once.`);
  }
}

async function lockedEntitlements(transaction: Transaction, ids: readonly string[]): Promise<EntitlementTable[]> {
  const impossible = ids.find((id) => id.includes('\0'));
  const rows =
    impossible === undefined ? await lockEntitlements(transaction, ids) : new Map<string, EntitlementTable>();
  const unknown = impossible ?? ids.find((id) => !rows.has(id));
  if (unknown !== undefined) {
    throw referencedObjectNotFound('entitlement', unknown);
  }
  return [...rows.values()];
}

function withSegment(row: EntitlementTable, id: string): NewSegments['segments'] {
  const segments = [...segmentIds(row.segments), id];
  if (segments.length > mostSegments) {
    throw illegalValue(`Entitlement "${row.id}" has ${mostSegments} segments, the maximum. Remove one of them first.`);
  }
  return segments;
}
