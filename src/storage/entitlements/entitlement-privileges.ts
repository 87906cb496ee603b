import { sql } from 'kysely';
import type { Session } from '../database.ts';

/** The privilege levels, the lowest first: the index is the rank. */
export const privilegeLevels = ['NONE', 'LOW', 'MEDIUM', 'HIGH'] as const;
export type PrivilegeLevel = (typeof privilegeLevels)[number];

const rankOfParent = sql`case coalesce(parent.privilege_override, parent.source_privilege)
  when 'HIGH' then 3 when 'MEDIUM' then 2 when 'LOW' then 1 else 0 end`;

/** Whether the ancestors of a parent count as well: its own override would replace them. */
const passesOn = sql`case when parent.has_parents = 1 and parent.privilege_override is null then 1 else 0 end`;

/**
 * Returns the level that each of these entitlements inherits: the highest level of its ancestors. An ancestor with an
 * override passes on the override instead of its source's level and of all levels above it. Entitlements without known
 * ancestors are omitted.
 *
 * One query for all entitlements visits every ancestor once, so that cycles end. In a cycle an entitlement does not
 * inherit from itself.
 */
export async function findInheritedPrivileges(
  session: Session,
  ids: readonly string[],
): Promise<Map<string, PrivilegeLevel>> {
  if (ids.length === 0) {
    return new Map();
  }
  // The rows of the recursion have all needed columns, so that no entitlement is read twice.
  const { rows } = await sql<{ id: string; rank: number }>`
    with recursive ancestor (root, id, rank, passes_on) as (
      select edge.child_id, parent.id, ${rankOfParent}, ${passesOn}
      from entitlement_parent as edge
      join entitlement as parent
        on parent.source_id = edge.source_id and parent.type = edge.type and parent.value = edge.parent_value
      where edge.child_id in (${sql.join(ids)}) and parent.id <> edge.child_id
      union
      select ancestor.root, parent.id, ${rankOfParent}, ${passesOn}
      from ancestor
      join entitlement_parent as edge on edge.child_id = ancestor.id
      join entitlement as parent
        on parent.source_id = edge.source_id and parent.type = edge.type and parent.value = edge.parent_value
      where ancestor.passes_on = 1 and parent.id <> ancestor.root
    )
    select root as id, max(rank) as rank from ancestor group by root`.execute(session.query);
  return new Map(rows.map(({ id, rank }) => [id, privilegeLevels[Number(rank)] ?? 'NONE']));
}

/**
 * The effective levels of all entitlements above NONE, as a table with `id` and the folded `level`. The recursion starts
 * at the few entitlements with a level of their own and follows their children; it stops at overrides.
 */
export const effectivePrivileges = sql<{ id: string; level: string }>`(
  with recursive passed (id, source_id, type, value, rank) as (
    select parent.id, parent.source_id, parent.type, parent.value, ${rankOfParent}
    from entitlement as parent
    where nullif(lower(coalesce(parent.privilege_override, parent.source_privilege)), 'none') is not null
    union
    select child.id, child.source_id, child.type, child.value, passed.rank
    from passed
    join entitlement_parent as edge
      on edge.source_id = passed.source_id and edge.type = passed.type and edge.parent_value = passed.value
    join entitlement as child on child.id = edge.child_id
    where child.privilege_override is null
  )
  select id, case max(rank) when 3 then 'high' when 2 then 'medium' when 1 then 'low' else 'none' end as level
  from passed group by id)`;
