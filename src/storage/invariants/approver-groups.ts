import { findGroupNames } from '../governance-groups/group-references.ts';
import { groupsOfConfig } from '../request-config/request-config.ts';
import { type Invariant, mostViolations } from './invariant.ts';

const pageSize = 2000;

/** Every governance group that is to approve requests exists. */
export const approverGroups: Invariant = {
  name: 'governance groups in request configurations exist',
  isThorough: true,
  violations: async (session) => {
    const { query } = session;
    const missing = async (rows: readonly { readonly what: string; readonly config: string | null }[]) => {
      const named = rows.flatMap(({ what, config }) => groupsOfConfig(config).map((group) => ({ what, group })));
      const known = await findGroupNames(session, [...new Set(named.map(({ group }) => group))]);
      return named.filter(({ group }) => !known.has(group)).map(({ what, group }) => `${what}: group ${group}`);
    };
    const settings = await query
      .selectFrom('access_request_config')
      .select(['id as what', 'entitlement_request_config as config'])
      .execute();
    const sources = await query
      .selectFrom('source')
      .select(['id as what', 'entitlement_request_config as config'])
      .where('entitlement_request_config', 'is not', null)
      .execute();
    const found = await missing([...settings, ...sources]);
    for (let last = '', size = pageSize; size === pageSize && found.length < mostViolations;) {
      const rows = await query
        .selectFrom('entitlement')
        .select(['id as what', 'request_config as config'])
        .where('id', '>', last)
        .where('request_config', 'is not', null)
        .orderBy('id')
        .limit(pageSize)
        .execute();
      found.push(...(await missing(rows)));
      last = rows.at(-1)?.what ?? last;
      size = rows.length;
    }
    return found.slice(0, mostViolations);
  },
};
