import { type EntitlementScope, findPage, withNamesOfGroups } from '../../domain/entitlements/entitlements.ts';
import { inheritedPrivileges } from '../../domain/entitlements/privilege.ts';
import type { TextJob } from '../../domain/text-job.ts';
import type { ListQuery } from '../../list-query.ts';
import { type EntitlementShape, shapes } from './projections.ts';

/** A requested page: which entitlements, and in which form. */
export interface EntitlementPageRequest {
  readonly scope: EntitlementScope;
  readonly list: ListQuery;
  readonly shape: EntitlementShape['name'];
}

/** Returns one page of entitlements as a JSON array. Reader threads load this file, so it imports little. */
export const entitlementPageText: TextJob<EntitlementPageRequest> = {
  module: import.meta.url,
  name: 'entitlementPageText',
  run: async (reads, { scope, list, shape: name }) => {
    const shape = shapes[name];
    const found = await findPage(reads, scope, list);
    const entitlements = shape.showsAdditionalOwners ? await withNamesOfGroups(reads.scan, found) : found;
    const inherited = shape.showsInherited ? await inheritedPrivileges(reads, entitlements) : undefined;
    const texts = entitlements.map((entitlement) =>
      shape.project(entitlement, inherited?.get(entitlement.id) ?? 'NONE'),
    );
    return `[${texts.join(',')}]`;
  },
};
