import { sql } from 'kysely';
import type { Session } from '../database.ts';
import type { Flag } from '../tables.ts';

/**
 * One account with the names of the objects it refers to. `attributes` is the stored JSON text, which is sent to
 * clients without parsing. Times are UTC milliseconds.
 */
export interface AccountRow {
  readonly id: string;
  readonly sourceId: string;
  readonly sourceName: string;
  /** The key of the account on its source. */
  readonly nativeIdentity: string;
  readonly name: string | null;
  readonly uuid: string | null;
  /** A JSON object. */
  readonly attributes: string;
  readonly description: string | null;
  readonly disabled: Flag;
  readonly locked: Flag;
  /** The identity of the account; null if it is uncorrelated. */
  readonly identityId: string | null;
  readonly identityName: string | null;
  readonly lifecycleState: string | null;
  readonly identityState: string | null;
  readonly isManuallyCorrelated: Flag;
  readonly hasEntitlements: Flag;
  readonly origin: string;
  readonly isAuthoritative: Flag;
  readonly connectionType: string;
  /** A JSON array. */
  readonly features: string;
  readonly sourceOwnerId: string | null;
  readonly sourceOwnerName: string | null;
  readonly created: number;
  readonly modified: number;
  readonly version: number;
}

/** The `identityState` (contract B.3) of an identity: ACTIVE, INACTIVE_LONG_TERM, or null if unknown. */
export const identityState = sql<string | null>`case
  when identity.identity_status = 'ACTIVE' then 'ACTIVE'
  when identity.identity_status in ('DEACTIVATED', 'DISABLED', 'TERMINATED') then 'INACTIVE_LONG_TERM' end`;

/** The columns of `AccountRow`, selected from `account`. Names come from subqueries, as for entitlements. */
export const accountColumns = [
  'account.id',
  'account.source_id as sourceId',
  sql<string>`(select source.name from source where source.id = account.source_id)`.as('sourceName'),
  'account.native_identity as nativeIdentity',
  'account.name',
  'account.uuid',
  'account.attributes',
  'account.description',
  'account.disabled',
  'account.locked',
  'account.identity_id as identityId',
  sql<string | null>`(select identity.name from identity where identity.id = account.identity_id)`.as('identityName'),
  sql<string | null>`(select identity.lifecycle_state from identity where identity.id = account.identity_id)`.as(
    'lifecycleState',
  ),
  sql<string | null>`(select ${identityState} from identity where identity.id = account.identity_id)`.as(
    'identityState',
  ),
  'account.is_manually_correlated as isManuallyCorrelated',
  'account.has_entitlements as hasEntitlements',
  'account.origin',
  sql<Flag>`(select source.authoritative from source where source.id = account.source_id)`.as('isAuthoritative'),
  sql<string>`(select source.connection_type from source where source.id = account.source_id)`.as('connectionType'),
  sql<string>`(select source.features from source where source.id = account.source_id)`.as('features'),
  sql<string | null>`(select source.owner_id from source where source.id = account.source_id)`.as('sourceOwnerId'),
  sql<string | null>`(select identity.name from source inner join identity on identity.id = source.owner_id
    where source.id = account.source_id)`.as('sourceOwnerName'),
  'account.created',
  'account.modified',
  'account.version',
] as const;

/** Returns the account with this id, or undefined. */
export async function findAccount(session: Session, id: string): Promise<AccountRow | undefined> {
  return session.query.selectFrom('account').select(accountColumns).where('account.id', '=', id).executeTakeFirst();
}

/** Returns whether there is an account with this id. */
export async function accountExists(session: Session, id: string): Promise<boolean> {
  const row = await session.query.selectFrom('account').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

/** Returns the id of the account of a source with this native identity, or undefined. */
export async function findAccountId(
  { query }: Session,
  sourceId: string,
  nativeIdentity: string,
): Promise<string | undefined> {
  const row = await query
    .selectFrom('account')
    .select('id')
    .where('source_id', '=', sourceId)
    .where('native_identity', '=', nativeIdentity)
    .executeTakeFirst();
  return row?.id;
}
