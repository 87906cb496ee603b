import type { Session } from '../database.ts';
import { segmentIds } from '../entitlements/entitlement-segments.ts';
import { type Invariant, mostViolations } from './invariant.ts';

/** The assignments of an entitlement are the existing segments in its column `segments`. */
export const segmentAssignments: Invariant = {
  name: 'the assignments to segments match the entitlements',
  isThorough: true,
  violations: async (session) => {
    const existing = new Set((await session.query.selectFrom('segment').select('id').execute()).map(({ id }) => id));
    const found: string[] = [];
    for (let last = '', size = pageSize; size === pageSize && found.length < mostViolations;) {
      const rows = await entitlementsAfter(session, last);
      const assigned = await assignmentsOf(session, last, rows.at(-1)?.id);
      for (const { id, segments } of rows) {
        const named = segmentIds(segments).filter((segment) => existing.has(segment));
        if (named.toSorted().join() !== (assigned.get(id) ?? []).toSorted().join()) {
          found.push(`entitlement ${id}`);
        }
      }
      last = rows.at(-1)?.id ?? last;
      size = rows.length;
    }
    return found.slice(0, mostViolations);
  },
};

const pageSize = 2000;

async function entitlementsAfter(
  { query }: Session,
  last: string,
): Promise<{ readonly id: string; readonly segments: string | null }[]> {
  return query
    .selectFrom('entitlement')
    .select(['id', 'segments'])
    .where('id', '>', last)
    .orderBy('id')
    .limit(pageSize)
    .execute();
}

/** Returns the assigned segments of the entitlements with ids after `first` up to `last`. */
async function assignmentsOf(
  { query }: Session,
  first: string,
  last: string | undefined,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (last === undefined) {
    return new Map();
  }
  const rows = await query
    .selectFrom('entitlement_segment')
    .select(['entitlement_id', 'segment_id'])
    .where('entitlement_id', '>', first)
    .where('entitlement_id', '<=', last)
    .execute();
  const byEntitlement = new Map<string, string[]>();
  for (const row of rows) {
    const segments = byEntitlement.get(row.entitlement_id) ?? [];
    segments.push(row.segment_id);
    byEntitlement.set(row.entitlement_id, segments);
  }
  return byEntitlement;
}
