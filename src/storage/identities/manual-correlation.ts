import { sql } from 'kysely';
import type { Transaction } from '../database.ts';
import { pieces, valuesOf } from '../query/update-rows.ts';

/** An account and the identity that it belongs to. */
export interface AccountLink {
  readonly id: string;
  readonly nativeIdentity: string;
  readonly identityId: string | null;
  readonly isManual: boolean;
}

/** Returns the accounts of a source with these native identities, and locks them. */
export async function lockAccountLinks(
  transaction: Transaction,
  sourceId: string,
  nativeIdentities: readonly string[],
): Promise<AccountLink[]> {
  const rows = await transaction.query
    .selectFrom('account')
    .select([
      'id',
      'native_identity as nativeIdentity',
      'identity_id as identityId',
      'is_manually_correlated as manual',
    ])
    .where('source_id', '=', sourceId)
    .where('native_identity', 'in', nativeIdentities)
    // The same order in every transaction prevents deadlocks.
    .orderBy('id')
    .$if(transaction.dialect.locksRows, (builder) => builder.forUpdate())
    .execute();
  return rows.map(({ manual, ...row }) => ({ ...row, isManual: manual === 1 }));
}

/** Sets the identities of locked accounts as correlated manually, and increments the versions of the accounts. */
export async function setManualIdentities(
  transaction: Transaction,
  links: readonly { readonly id: string; readonly identityId: string }[],
  now: number,
): Promise<void> {
  for (const piece of pieces(links, 2)) {
    const values = valuesOf(piece.map(({ id, identityId }) => [id, identityId]));
    await sql`
      with link (id, identity_id) as (${values})
      update account set identity_id = link.identity_id, is_manually_correlated = 1, modified = ${now},
        version = version + 1
      from link where account.id = link.id`.execute(transaction.query);
  }
}
