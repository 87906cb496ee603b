import type { Reads, Session } from '../database.ts';
import { findAttributes } from '../identities/identity-attributes.ts';
import { fold } from '../query/fold.ts';
import type { VisibilityCriteria } from './segments.ts';

/** A segment that restricts who sees its entitlements. */
export interface ActiveSegment {
  readonly id: string;
  readonly criteria: VisibilityCriteria | null;
}

/** Returns the active segments with entitlements, sorted by id. */
export async function findActiveSegments({ scan }: Pick<Reads, 'scan'>): Promise<ActiveSegment[]> {
  const rows = await scan.query
    .selectFrom('segment')
    .select(['id', 'visibility_criteria'])
    .where('active', '=', 1)
    .where((where) =>
      where.exists(
        where
          .selectFrom('entitlement_segment')
          .select('segment_id')
          .whereRef('entitlement_segment.segment_id', '=', 'segment.id'),
      ),
    )
    .orderBy('id')
    .execute();
  return rows.map(({ id, visibility_criteria: criteria }) => ({
    id,
    criteria: criteria === null ? null : (JSON.parse(criteria) as VisibilityCriteria),
  }));
}

/** Returns the folded values of an identity by folded attribute: `manager` has the ids of the manager, too. */
export async function findMemberAttributes(
  session: Session,
  identityId: string,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const [stored, manager] = await Promise.all([
    findAttributes(session, [identityId]),
    session.query
      .selectFrom('identity')
      .innerJoin('identity as manager', 'manager.id', 'identity.manager_id')
      .select(['manager.id', 'manager.alias_folded as alias'])
      .where('identity.id', '=', identityId)
      .executeTakeFirst(),
  ]);
  const values = new Map<string, Set<string>>();
  for (const [name, value] of stored.get(identityId) ?? []) {
    values.set(name, new Set([value]));
  }
  if (manager !== undefined) {
    values.set('manager', new Set([...(values.get('manager') ?? []), fold(manager.id), manager.alias]));
  }
  return values;
}

/** Returns those of these ids that segments have. */
export async function findSegmentIds(session: Session, ids: readonly string[]): Promise<Set<string>> {
  const rows = await session.query.selectFrom('segment').select('id').where('id', 'in', ids).execute();
  return new Set(rows.map(({ id }) => id));
}
