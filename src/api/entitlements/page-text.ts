import { type EntitlementScope, findPage } from '../../domain/entitlements/entitlements.ts';
import { inheritedPrivileges } from '../../domain/entitlements/privilege.ts';
import type { TextJob } from '../../domain/text-job.ts';
import type { ListQuery } from '../../list-query.ts';
import { type EntitlementShape, shapes } from './projections.ts';

/** A page that is asked for: whose entitlements, which of them, and how they are shown. */
export interface EntitlementPageRequest {
  readonly scope: EntitlementScope;
  readonly list: ListQuery;
  readonly shape: EntitlementShape['name'];
}

/** The JSON array of one page of entitlements. This file is loaded by the threads that read: it imports little. */
export const entitlementPageText: TextJob<EntitlementPageRequest> = {
  module: import.meta.url,
  name: 'entitlementPageText',
  run: async (reads, { scope, list, shape: name }) => {
    const shape = shapes[name];
    const entitlements = await findPage(reads, scope, list);
    const inherited = shape.showsInherited ? await inheritedPrivileges(reads, entitlements) : undefined;
    const texts = entitlements.map((entitlement) =>
      shape.project(entitlement, inherited?.get(entitlement.id) ?? 'NONE'),
    );
    return `[${texts.join(',')}]`;
  },
};
