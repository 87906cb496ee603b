import { sql } from 'kysely';
import { columnName, identityFields, type RecordTable } from '../resources/record-table.ts';
import { recordTables } from '../resources/record-tables.ts';
import { taggable, taggableTypes } from '../tags/taggable.ts';
import { type Invariant, mostViolations } from './invariant.ts';

/** How the additional owners of an entitlement begin if they are a governance group; its id follows, of 36 characters. */
const ownedByGroup = '[{"type":"GOVERNANCE_GROUP","id":"';

/** The relations between tables, each defined by a query for its violations. */

export const relations: readonly Invariant[] = [
  relation(
    'every membership has an account and an entitlement',
    `select 'account ' || m.account_id || ' holds entitlement ' || m.entitlement_id as what from account_entitlement m
     where not exists (select 1 from account a where a.id = m.account_id)
        or not exists (select 1 from entitlement e where e.id = m.entitlement_id)`,
  ),
  relation(
    'account and entitlement of a membership have the same source',
    `select 'account ' || a.id || ' holds entitlement ' || e.id || ' of another source' as what
     from account_entitlement m join account a on a.id = m.account_id join entitlement e on e.id = m.entitlement_id
     where a.source_id <> e.source_id`,
  ),
  relation(
    'what is stored for a connection belongs to an account and an entitlement, or to their tombstones',
    ['connection', 'connection_reason']
      .map(
        (table) => `select '${table} of account ' || c.account_id || ' and entitlement ' || c.entitlement_id as what
     from ${table} c
     where not exists (select 1 from account a where a.id = c.account_id)
         and not exists (select 1 from account_tombstone t where t.id = c.account_id)
       or not exists (select 1 from entitlement e where e.id = c.entitlement_id)
         and not exists (select 1 from entitlement_tombstone t where t.id = c.entitlement_id)`,
      )
      .join(' union all '),
  ),
  relation(
    'has_entitlements is set if an account holds any',
    `select 'account ' || a.id as what from account a where a.has_entitlements <>
       case when exists (select 1 from account_entitlement m where m.account_id = a.id) then 1 else 0 end`,
  ),
  relation(
    'has_parents is set if an entitlement has any',
    `select 'entitlement ' || e.id as what from entitlement e where e.has_parents <>
       case when exists (select 1 from entitlement_parent p where p.child_id = e.id) then 1 else 0 end`,
  ),
  relation(
    'has_segments is set if an entitlement is assigned to any',
    `select 'entitlement ' || e.id as what from entitlement e where e.has_segments <>
       case when exists (select 1 from entitlement_segment x where x.entitlement_id = e.id) then 1 else 0 end`,
  ),
  relation(
    'every assignment to a segment has its segment and its entitlement, with the name',
    `select 'entitlement ' || x.entitlement_id || ' in segment ' || x.segment_id as what from entitlement_segment x
     where not exists (select 1 from segment s where s.id = x.segment_id)
        or not exists (select 1 from entitlement e where e.id = x.entitlement_id and e.name_folded = x.name_folded)`,
  ),
  relation(
    'entitlement counts of sources are correct',
    `select 'source ' || c.source_id as what from entitlement_count c
       where c.number <> (select count(*) from entitlement e where e.source_id = c.source_id)
     union all select 'source ' || e.source_id from entitlement e
       where not exists (select 1 from entitlement_count c where c.source_id = e.source_id)`,
  ),
  relation(
    'every parent value has a child with the same source and type',
    `select 'parent ' || p.parent_value || ' of ' || p.child_id as what from entitlement_parent p
     where not exists (
       select 1 from entitlement e where e.id = p.child_id and e.source_id = p.source_id and e.type = p.type)`,
  ),
  relation(
    'every entitlement and account has a source',
    `select 'entitlement ' || e.id as what from entitlement e
     where not exists (select 1 from source s where s.id = e.source_id)
     union all select 'account ' || a.id from account a
     where not exists (select 1 from source s where s.id = a.source_id)`,
  ),
  relation(
    'every secret has a source that refers to it',
    `select 'secret ' || x.id || ' of source ' || x.source_id as what from source_secret x
     where not exists (
       select 1 from source s where s.id = x.source_id and s.connector_attributes like '%' || x.id || '%')`,
  ),
  relation(
    'every setting of a source has a source',
    `select x.name || ' of source ' || x.source_id as what from source_setting x
     where not exists (select 1 from source s where s.id = x.source_id)`,
  ),
  relation(
    'referenced identities exist',
    `select 'owner of entitlement ' || e.id as what from entitlement e where e.owner_id is not null
       and not exists (select 1 from identity i where i.id = e.owner_id)
     union all select 'identity of account ' || a.id from account a where a.identity_id is not null
       and not exists (select 1 from identity i where i.id = a.identity_id)
     union all select 'manager of identity ' || r.id from identity r where r.manager_id is not null
       and not exists (select 1 from identity i where i.id = r.manager_id)
     ${recordTables
       .flatMap(danglingReferences)
       .map((search) => `union all ${search}`)
       .join(' ')}`,
  ),
  relation(
    'referenced governance groups exist',
    `select 'management workgroup of source ' || s.id as what from source s where s.management_workgroup_id is not null
       and not exists (select 1 from governance_group g where g.id = s.management_workgroup_id)
     union all select 'additional owner of entitlement ' || e.id from entitlement e
       where e.additional_owners is not null and substr(e.additional_owners, 1, ${ownedByGroup.length}) = '${ownedByGroup}'
       and not exists (
         select 1 from governance_group g where g.id = substr(e.additional_owners, ${ownedByGroup.length + 1}, 36))`,
  ),
  relation(
    'every membership in a governance group has a group and an identity',
    `select 'membership ' || m.id as what from governance_group_membership m
     where not exists (select 1 from governance_group g where g.id = m.group_id)
        or not exists (select 1 from identity i where i.id = m.identity_id)`,
  ),
  relation(
    'the authoritative account of an identity exists and belongs to it',
    `select 'account of identity ' || i.id as what from identity i where i.account_id is not null
       and not exists (select 1 from account a where a.id = i.account_id and a.identity_id = i.id)`,
  ),
  relation(
    'correlation keys and searchable attributes belong to existing accounts and identities',
    `select 'key of account ' || k.account_id as what from account_correlation_key k
     where not exists (select 1 from account a where a.id = k.account_id)
     union all select 'attribute of identity ' || n.identity_id from identity_attribute n
     where not exists (select 1 from identity i where i.id = n.identity_id)`,
  ),
  relation(
    'tags and objects with tags exist',
    `select 'tag ' || t.tag || ' of ' || t.object_type || ' ' || t.object_id as what from object_tag t
     where not exists (select 1 from tag where tag.name = t.tag)
     ${taggableTypes
       .map(
         (type) => `union all select 'tags of ${taggable[type].table} ' || t.object_id from object_tag t
     where t.object_type = '${type}' and not exists (select 1 from ${taggable[type].table} o where o.id = t.object_id)`,
       )
       .join(' ')}`,
  ),
  relation(
    'the tags of an entitlement are those of its row',
    `select 'tag ' || t.tag || ' of entitlement ' || e.id as what
     from object_tag t join entitlement e on e.id = t.object_id
     where t.object_type = 'ENTITLEMENT'
       and (e.tags is null or replace(e.tags, '"' || t.tag || '"', '') = e.tags)
     union all select 'entitlement ' || e.id from entitlement e where e.tags is not null
       and length(e.tags) - length(replace(e.tags, '"', ''))
         <> 2 * (select count(*) from object_tag t where t.object_type = 'ENTITLEMENT' and t.object_id = e.id)`,
  ),
  relation(
    'no existing object has a tombstone',
    `select 'entitlement ' || e.id as what from entitlement e join entitlement_tombstone t
       on t.source_id = e.source_id and t.type = e.type and t.value = e.value
     union all select 'account ' || a.id from account a join account_tombstone t
       on t.source_id = a.source_id and t.native_identity = a.native_identity`,
  ),
  relation(
    'an ended task has a completion status, an open task has none and has a job',
    `select 'task ' || id as what from task
     where (completed is null) <> (completion_status is null)
       or (completed is null and not exists (select 1 from job where job.key = task.id))`,
  ),
  relation(
    'no upload of an ended task is stored',
    `select 'file ' || c.file as what from spool_chunk c where c.number = 0 and exists (
       select 1 from task t where t.completed is not null and t.parameters like '%"' || c.file || '"%')`,
  ),
];

/** Returns the queries for references of governance objects to missing identities. */
function danglingReferences(table: RecordTable): string[] {
  return identityFields(table).map((field) => {
    const column = columnName(table, field);
    return `select '${field} of ${table.name} ' || r.id from ${table.name} r where r.${column} is not null
       and not exists (select 1 from identity i where i.id = r.${column})`;
  });
}

function relation(name: string, search: string): Invariant {
  return {
    name,
    isThorough: false,
    violations: async ({ query }) => {
      const { rows } = await sql<{ what: string }>`${sql.raw(search)} limit ${mostViolations}`.execute(query);
      return rows.map(({ what }) => what);
    },
  };
}
