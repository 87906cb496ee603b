import type { Session } from '../database.ts';

/** Returns the number of identities whose data come from an account of this source. */
export async function countIdentitiesFrom(session: Session, sourceId: string): Promise<number> {
  const { count } = await session.query
    .selectFrom('account')
    .innerJoin('identity', 'identity.account_id', 'account.id')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account.source_id', '=', sourceId)
    .executeTakeFirstOrThrow();
  return Number(count);
}
