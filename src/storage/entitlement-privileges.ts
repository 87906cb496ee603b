import { sql } from 'kysely';
import type { Session } from './database.ts';

/** The levels of privilege, the lowest first: their places are their ranks. */
export const privilegeLevels = ['NONE', 'LOW', 'MEDIUM', 'HIGH'] as const;
export type PrivilegeLevel = (typeof privilegeLevels)[number];

/**
 * The level that each of these entitlements inherits: the highest of its ancestors'. An ancestor with an override
 * passes that on instead of its own level and of all above it. Entitlements without known ancestors are left out.
 *
 * One query for all of them, over every ancestor once, so cycles end; what leads back to the entitlement itself is
 * nothing inherited.
 */
export async function findInheritedPrivileges(
  session: Session,
  ids: readonly string[],
): Promise<Map<string, PrivilegeLevel>> {
  if (ids.length === 0) {
    return new Map();
  }
  const { rows } = await sql<{ id: string; rank: number }>`
    with recursive ancestor (root, id) as (
      select child.id, parent.id
      from entitlement as child
      join entitlement_parent as edge on edge.child_id = child.id
      join entitlement as parent
        on parent.source_id = edge.source_id and parent.type = edge.type and parent.value = edge.parent_value
      where child.id in (${sql.join(ids)}) and parent.id <> child.id
      union
      select ancestor.root, parent.id
      from ancestor
      join entitlement as child
        on child.id = ancestor.id and child.has_parents = 1 and child.privilege_override is null
      join entitlement_parent as edge on edge.child_id = child.id
      join entitlement as parent
        on parent.source_id = edge.source_id and parent.type = edge.type and parent.value = edge.parent_value
      where parent.id <> ancestor.root
    )
    select ancestor.root as id, max(
      case coalesce(entitlement.privilege_override, entitlement.source_privilege)
        when 'HIGH' then 3 when 'MEDIUM' then 2 when 'LOW' then 1 else 0
      end
    ) as rank
    from ancestor
    join entitlement on entitlement.id = ancestor.id
    group by ancestor.root`.execute(session.query);
  return new Map(rows.map(({ id, rank }) => [id, privilegeLevels[Number(rank)] ?? 'NONE']));
}
