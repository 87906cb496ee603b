import type { Application } from '../../application.ts';
import type { Entitlement, EntitlementPage } from '../../domain/entitlements.ts';
import { inheritedPrivileges } from '../../domain/privilege.ts';
import { PreparedText, type Reply } from '../operation.ts';
import type { EntitlementShape } from './projections.ts';

/** Answers with one entitlement and its version. */
export async function entitlementReply(
  application: Application,
  shape: EntitlementShape,
  entitlement: Entitlement,
): Promise<Reply> {
  const [body = ''] = await project(application, shape, [entitlement]);
  return { body: new PreparedText(body), version: entitlement.version };
}

/** Answers with a page of entitlements and, where it was asked for, the number of all hits. */
export async function entitlementsReply(
  application: Application,
  shape: EntitlementShape,
  { entitlements, total }: EntitlementPage,
): Promise<Reply> {
  return { body: new PreparedText(`[${(await project(application, shape, entitlements)).join(',')}]`), total };
}

async function project(
  { database }: Application,
  shape: EntitlementShape,
  entitlements: readonly Entitlement[],
): Promise<string[]> {
  const inherited = shape.showsInherited ? await inheritedPrivileges(database, entitlements) : undefined;
  return entitlements.map((entitlement) => shape.project(entitlement, inherited?.get(entitlement.id) ?? 'NONE'));
}
