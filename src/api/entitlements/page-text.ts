import { type EntitlementScope, findPage } from '../../domain/entitlements/entitlements.ts';
import { relatedTo } from '../../domain/entitlements/related.ts';
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
    const entitlements = await findPage(reads, scope, list);
    const related = await relatedTo(reads, entitlements, shape.showsInherited);
    const texts = entitlements.map((entitlement) => shape.project(entitlement, related(entitlement.id)));
    return `[${texts.join(',')}]`;
  },
};
