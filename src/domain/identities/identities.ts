import { notFound } from '../../errors.ts';
import type { ListQuery } from '../../list-query.ts';
import type { Database } from '../../storage/database.ts';
import {
  countIdentityRows,
  findIdentityRow,
  findIdentityRows,
  type IdentityRow,
  type IdentityScope,
} from '../../storage/identities/identity-lists.ts';

export type { IdentityRow } from '../../storage/identities/identity-lists.ts';

/** One page of identities, and the total number if requested. */
export interface IdentityPage {
  readonly identities: readonly IdentityRow[];
  readonly total: number | undefined;
}

/** Returns one identity. Throws 404. */
export async function getIdentity(database: Database, id: string): Promise<IdentityRow> {
  const identity = id.includes('\0') ? undefined : await findIdentityRow(database.keyed, id);
  if (identity === undefined) {
    throw notFound('identity', id);
  }
  return identity;
}

/** Returns a page of identities; filter and sort fields are those of the contract (B.3). */
export async function listIdentities(database: Database, scope: IdentityScope, list: ListQuery): Promise<IdentityPage> {
  const [identities, total] = await Promise.all([
    list.limit === 0 ? [] : findIdentityRows(database, scope, list),
    list.count ? countIdentityRows(database, scope, list) : undefined,
  ]);
  return { identities, total };
}
