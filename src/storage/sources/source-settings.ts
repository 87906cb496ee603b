import type { Session, Transaction } from '../database.ts';

/** The kinds of aggregations that can be scheduled. */
export const scheduleTypes = ['ACCOUNT_AGGREGATION', 'GROUP_AGGREGATION'] as const;
export type ScheduleType = (typeof scheduleTypes)[number];

/** When objects of a source are aggregated. */
export interface Schedule {
  readonly type: ScheduleType;
  /** A Quartz cron expression, in UTC. */
  readonly cronExpression: string;
}

/** What a provisioning policy is for. */
export const usageTypes = [
  'CREATE',
  'UPDATE',
  'ENABLE',
  'DISABLE',
  'DELETE',
  'ASSIGN',
  'UNASSIGN',
  'CREATE_GROUP',
  'UPDATE_GROUP',
  'DELETE_GROUP',
  'REGISTER',
  'CREATE_IDENTITY',
  'UPDATE_IDENTITY',
  'EDIT_GROUP',
  'UNLOCK',
  'CHANGE_PASSWORD',
] as const;
export type UsageType = (typeof usageTypes)[number];

/** An account attribute that a provisioning policy sets. */
export interface ProvisioningField {
  readonly name: string;
  readonly transform: Readonly<Record<string, unknown>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly type: 'string' | 'int' | 'long' | 'date' | 'boolean' | 'secret';
  readonly isMultiValued: boolean;
}

/** How accounts or groups are to be written to a source. */
export interface ProvisioningPolicy {
  readonly name: string | null;
  readonly description: string | null;
  readonly usageType: UsageType;
  readonly fields: readonly ProvisioningField[];
}

/** An attribute of identities that a source is to receive. */
export interface SyncedAttribute {
  /** The name of the identity attribute. */
  readonly name: string;
  readonly displayName: string;
  readonly enabled: boolean;
  /** The name of the account attribute. */
  readonly target: string;
}

/** The changes on a source that can be reported. */
export const nativeOperations = ['ACCOUNT_UPDATED', 'ACCOUNT_CREATED', 'ACCOUNT_DELETED'] as const;

/** Which changes on a source are to be reported. */
export interface NativeChangeDetection {
  readonly enabled: boolean;
  readonly operations: readonly (typeof nativeOperations)[number][];
  readonly allEntitlements: boolean;
  readonly allNonEntitlementAttributes: boolean;
  readonly selectedEntitlements: readonly string[];
  readonly selectedNonEntitlementAttributes: readonly string[];
}

/** The settings of a source that are documents of their own, by name. */
export interface SourceSettings {
  /** Sorted by type. */
  readonly schedules: readonly Schedule[];
  /** In the order of the usage types. */
  readonly provisioningPolicies: readonly ProvisioningPolicy[];
  readonly attributeSync: readonly SyncedAttribute[];
  readonly nativeChangeDetection: NativeChangeDetection;
}

/** Returns a setting of a source, or undefined. */
export async function findSetting<N extends keyof SourceSettings>(
  session: Session,
  sourceId: string,
  name: N,
): Promise<SourceSettings[N] | undefined> {
  const row = await session.query
    .selectFrom('source_setting')
    .select('value')
    .where('source_id', '=', sourceId)
    .where('name', '=', name)
    .executeTakeFirst();
  return row === undefined ? undefined : (JSON.parse(row.value) as SourceSettings[N]);
}

/** Returns the settings of a source that are set, by name. */
export async function findSettings({ query }: Session, sourceId: string): Promise<Partial<SourceSettings>> {
  const rows = await query
    .selectFrom('source_setting')
    .select(['name', 'value'])
    .where('source_id', '=', sourceId)
    .orderBy('name')
    .execute();
  return Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value) as unknown]));
}

/** Sets a setting of a locked source; undefined deletes it. */
export async function setSetting<N extends keyof SourceSettings>(
  transaction: Transaction,
  sourceId: string,
  name: N,
  value: SourceSettings[N] | undefined,
): Promise<void> {
  await transaction.query
    .deleteFrom('source_setting')
    .where('source_id', '=', sourceId)
    .where('name', '=', name)
    .execute();
  if (value !== undefined) {
    await transaction.query
      .insertInto('source_setting')
      .values({ source_id: sourceId, name, value: JSON.stringify(value) })
      .execute();
  }
}

/** Deletes all settings of a source. */
export async function deleteSettingsOfSource(transaction: Transaction, sourceId: string): Promise<void> {
  await transaction.query.deleteFrom('source_setting').where('source_id', '=', sourceId).execute();
}
