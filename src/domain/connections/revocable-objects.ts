import { notHeld } from '../../errors.ts';
import { type AccountTarget, findAccountTargets } from '../../storage/connections/account-targets.ts';
import type { Database } from '../../storage/database.ts';
import { findEntitlement } from '../../storage/entitlements/entitlements.ts';
import type { Entitlement } from '../entitlements/entitlements.ts';

export type { AccountTarget } from '../../storage/connections/account-targets.ts';

/** An entitlement of an identity, and the accounts that hold it. */
export interface RevocableObject {
  readonly entitlement: Entitlement;
  /** At least one. */
  readonly targets: readonly AccountTarget[];
}

/**
 * Returns an entitlement that an identity holds with its accounts.
 * @throws 404 if no account of the identity holds it, which does not tell whether they exist
 */
export async function findRevocableObject(
  { keyed }: Database,
  identityId: string,
  entitlementId: string,
): Promise<RevocableObject> {
  // PostgreSQL does not accept NUL in text, and no id contains one.
  const isPossible = !identityId.includes('\0') && !entitlementId.includes('\0');
  const targets = isPossible ? await findAccountTargets(keyed, identityId, entitlementId) : [];
  const entitlement = targets.length === 0 ? undefined : await findEntitlement(keyed, entitlementId);
  if (entitlement === undefined) {
    throw notHeld(identityId, entitlementId);
  }
  return { entitlement, targets };
}
