import { findConnections } from '../../domain/connections/connections.ts';
import { inheritedPrivileges } from '../../domain/entitlements/privilege.ts';
import type { TextJob } from '../../domain/text-job.ts';
import type { ListQuery } from '../../list-query.ts';
import { connectionHitText } from './projections.ts';

/** Returns one page of connections as a JSON array. Reader threads load this file, so it imports little. */
export const connectionPageText: TextJob<ListQuery> = {
  module: import.meta.url,
  name: 'connectionPageText',
  run: async (reads, list) => {
    const rows = await findConnections(reads, list);
    const entitlements = new Map(rows.map(({ entitlementId: id, hasParents }) => [id, { id, hasParents }] as const));
    const inherited = await inheritedPrivileges(reads, [...entitlements.values()]);
    const texts = rows.map((row) => connectionHitText(row, inherited.get(row.entitlementId) ?? 'NONE'));
    return `[${texts.join(',')}]`;
  },
};
