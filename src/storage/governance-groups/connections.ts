/** The objects that refer to governance groups. */
import { sql } from 'kysely';
import type { ListQuery } from '../../list-query.ts';
import type { Session } from '../database.ts';
import type { Columns } from '../query/condition.ts';
import { matching, page } from '../query/page.ts';

/** A source that is managed by a group. */
export interface ConnectedSource {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
}

const columns: Columns = {
  id: { expression: sql.ref('source.id'), type: 'id', nullable: false },
  name: { expression: sql.ref('source.name_folded'), type: 'text', nullable: false },
  created: { expression: sql.ref('source.created'), type: 'time', nullable: false },
  modified: { expression: sql.ref('source.modified'), type: 'time', nullable: false },
};

/** Returns one page of the sources that a group manages. */
export async function listConnectedSources(
  { query }: Session,
  groupId: string,
  list: ListQuery,
): Promise<ConnectedSource[]> {
  const sources = query
    .selectFrom('source')
    .select(['id', 'name', 'description'])
    .where('management_workgroup_id', '=', groupId);
  return page(sources, list, columns).execute();
}

/** Returns the number of sources that a group manages. */
export async function countConnectedSources({ query }: Session, groupId: string, list: ListQuery): Promise<number> {
  const counted = query
    .selectFrom('source')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('management_workgroup_id', '=', groupId);
  return Number((await matching(counted, list, columns).executeTakeFirstOrThrow()).count);
}

/** Returns an object that refers to a group, such as `source 2c91…`, or undefined. */
export async function findUse(session: Session, groupId: string): Promise<string | undefined> {
  const { query } = session;
  const source = await query
    .selectFrom('source')
    .select('id')
    .where('management_workgroup_id', '=', groupId)
    .limit(1)
    .executeTakeFirst();
  if (source !== undefined) {
    return `the management workgroup of source ${source.id}`;
  }
  const entitlement = await query
    .selectFrom('entitlement')
    .select('id')
    // The first condition is that of a partial index: few entitlements have additional owners.
    .where('additional_owners', 'is not', null)
    .where('additional_owners', 'like', `%"${groupId}"%`)
    .limit(1)
    .executeTakeFirst();
  if (entitlement !== undefined) {
    return `an additional owner of entitlement ${entitlement.id}`;
  }
  return findApproverUse(session, groupId);
}

async function findApproverUse({ query, dialect }: Session, groupId: string): Promise<string | undefined> {
  // The condition of a partial index: few configurations name a group.
  const namesGroup = sql.raw(dialect.contains('request_config', 'GOVERNANCE_GROUP'));
  const { rows } = await sql<{ readonly what: string }>`
    select 'entitlement ' || id as what from entitlement
      where ${namesGroup} and request_config like ${`%"${groupId}"%`}
    union all select 'source ' || id from source where entitlement_request_config like ${`%"${groupId}"%`}
    union all select 'the organisation' from access_request_config
      where entitlement_request_config like ${`%"${groupId}"%`}
    limit 1`.execute(query);
  return rows[0] === undefined ? undefined : `an approver in the request configuration of ${rows[0].what}`;
}
