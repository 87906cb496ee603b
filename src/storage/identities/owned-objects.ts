import { type ExpressionBuilder, sql } from 'kysely';
import type { Session } from '../database.ts';
import { shownName } from '../entitlements/entitlements.ts';
import type { Tables } from '../tables.ts';

/** An object that an identity owns. */
export interface OwnedObject {
  readonly id: string;
  readonly name: string;
}

/** Some of the objects of one kind that an identity owns, and the number of all. */
export interface OwnedObjects {
  readonly objects: readonly OwnedObject[];
  readonly total: number;
}

/** Returns up to `limit` sources that an identity owns, sorted by id, and their number. */
export async function findOwnedSources({ query }: Session, identityId: string, limit: number): Promise<OwnedObjects> {
  const rows = await query
    .selectFrom('source')
    .select(['id', 'name'])
    .where('owner_id', '=', identityId)
    .orderBy('id')
    .execute();
  return { objects: rows.slice(0, limit), total: rows.length };
}

/** Returns up to `limit` entitlements with this owner, sorted by id, and their number. */
export async function findOwnedEntitlements(
  session: Session,
  identityId: string,
  limit: number,
): Promise<OwnedObjects> {
  return entitlementsWhere(session, limit, (where) => where('entitlement.owner_id', '=', identityId));
}

/** Returns up to `limit` entitlements with this additional owner, sorted by id, and their number. */
export async function findAdditionallyOwnedEntitlements(
  session: Session,
  identityId: string,
  limit: number,
): Promise<OwnedObjects> {
  // The first condition is that of a partial index: few entitlements have additional owners.
  return entitlementsWhere(session, limit, (where) =>
    where.and([
      where('entitlement.additional_owners', 'is not', null),
      where('entitlement.additional_owners', 'like', `%"${identityId}"%`),
    ]),
  );
}

async function entitlementsWhere(
  { query }: Session,
  limit: number,
  condition: (where: ExpressionBuilder<Tables, 'entitlement'>) => ReturnType<ExpressionBuilder<Tables, 'entitlement'>>,
): Promise<OwnedObjects> {
  const rows = await query
    .selectFrom('entitlement')
    .select([
      'id',
      'value',
      'manual_name as manualName',
      'is_name_manual as isNameManual',
      'source_display_name as sourceDisplayName',
    ])
    .where(condition)
    .orderBy('id')
    .limit(limit)
    .execute();
  const { total } = await query
    .selectFrom('entitlement')
    .select(sql<number>`count(*)`.as('total'))
    .where(condition)
    .executeTakeFirstOrThrow();
  return { objects: rows.map((row) => ({ id: row.id, name: shownName(row) })), total: Number(total) };
}
