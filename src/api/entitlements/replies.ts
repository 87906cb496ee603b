import type { Application } from '../../application.ts';
import { countHits, type Entitlement, type EntitlementScope } from '../../domain/entitlements/entitlements.ts';
import { relatedTo } from '../../domain/entitlements/related.ts';
import type { ListQuery } from '../../list-query.ts';
import { PreparedText, type Reply } from '../operation.ts';
import { entitlementPageText } from './page-text.ts';
import type { EntitlementShape } from './projections.ts';

/** Returns one entitlement and its version. */
export async function entitlementReply(
  { database }: Application,
  shape: EntitlementShape,
  entitlement: Entitlement,
): Promise<Reply> {
  const related = await relatedTo(database, [entitlement], shape.showsInherited);
  const body = shape.project(entitlement, related(entitlement.id));
  return { body: new PreparedText(body), version: entitlement.version };
}

/** Returns a page of entitlements and, if requested, the total number. */
export async function entitlementsReply(
  { database }: Application,
  shape: EntitlementShape,
  scope: EntitlementScope,
  list: ListQuery,
): Promise<Reply> {
  const page =
    list.limit === 0 ? undefined : database.readText(entitlementPageText, { scope, list, shape: shape.name });
  try {
    const [text, total] = await Promise.all([page, list.count ? countHits(database, scope, list) : undefined]);
    return { body: text === undefined ? new PreparedText('[]') : new PreparedText(text.bytes, text.release), total };
  } catch (error) {
    await page?.then(
      ({ release }) => release(),
      () => undefined,
    );
    throw error;
  }
}
