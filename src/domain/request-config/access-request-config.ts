import { recordChanges } from '../../storage/changes/changes.ts';
import type { Database, Session, Transaction } from '../../storage/database.ts';
import { findIdentity } from '../../storage/identities/identities.ts';
import { claimProperty } from '../../storage/properties.ts';
import { accessRequestConfigTable as table } from '../../storage/request-config/access-request-config.ts';
import { stateOf } from '../../storage/resources/record-rows.ts';
import type { RecordOf } from '../../storage/resources/record-table.ts';
import { findRecord, insertRecord, lockRecord } from '../../storage/resources/records.ts';
import type { ChangeOptions } from '../changes/change-context.ts';
import type { ReceivedReference } from '../resources/identity-references.ts';
import { fieldsFrom } from '../resources/resource-fields.ts';
import { storeRecord } from '../resources/resource.ts';
import { checkVersion } from '../version.ts';
import { checkedRequestConfig, type RequestConfigInput } from './check-request-config.ts';

/** The organisation's settings for access requests. */
export type AccessRequestConfig = RecordOf<typeof table.columns>;

/** The settings that a client can change. */
export type AccessRequestSettings = Omit<AccessRequestConfig, 'id' | 'created' | 'modified' | 'version'>;

/** The settings as sent; absent ones are kept. */
export type AccessRequestConfigInput = Partial<
  Omit<AccessRequestSettings, 'fallbackApprover' | 'entitlementRequestConfig'> & {
    readonly fallbackApprover: ReceivedReference | null;
    readonly entitlementRequestConfig: RequestConfigInput | null;
  }
>;

/** The id of the only record. */
const organisationId = 'access-request-config';

/** The settings of an organisation that has set nothing. */
export const defaultSettings: AccessRequestSettings = {
  approvalsMustBeExternal: false,
  autoApprovalEnabled: false,
  reauthorizationEnabled: false,
  govGroupVisibilityEnabled: false,
  machineIdentityAccessRequestEnabled: true,
  allowEntitlementRequest: false,
  requestOnBehalfOf: {
    allowRequestOnBehalfOfAnyoneByAnyone: false,
    allowRequestOnBehalfOfEmployeeByManager: false,
    allowRequestOnBehalfOfForMachineIdentity: true,
    allowRequestForMachineByOwner: false,
  },
  reminders: { daysUntilEscalation: null, daysBetweenReminders: null, maxReminders: null },
  fallbackApprover: null,
  entitlementRequestConfig: null,
};

/** Settings that nobody has changed have version 0. */
const unchanged: AccessRequestConfig = { ...defaultSettings, id: organisationId, created: 0, modified: 0, version: 0 };

/** Returns the organisation's settings. */
export async function getAccessRequestConfig(session: Session): Promise<AccessRequestConfig> {
  return (await findRecord(session, table, organisationId)) ?? unchanged;
}

/** Returns the email address of the fallback approver, or null. */
export async function fallbackEmail({ keyed }: Database, config: AccessRequestConfig): Promise<string | null> {
  const { fallbackApprover } = config;
  return fallbackApprover === null ? null : ((await findIdentity(keyed, fallbackApprover.id))?.email ?? null);
}

/**
 * Changes the organisation's settings.
 * @param edit returns the new settings; may run more than once
 * @throws 412; 400 for an unknown fallback approver, and as `checkedRequestConfig`
 */
export async function changeAccessRequestConfig(
  database: Database,
  edit: (before: AccessRequestConfig) => AccessRequestConfigInput,
  { ifMatch, context }: ChangeOptions,
): Promise<AccessRequestConfig> {
  return database.write(async (transaction) => {
    // The first two changes could happen concurrently: one waits here for the other.
    await claimProperty(transaction, organisationId, 'is set');
    const stored = await lockRecord(transaction, table, organisationId);
    const before = stored ?? unchanged;
    checkVersion(ifMatch, before.version);
    const fields = await fieldsAfter(transaction, before, edit(before));
    const now = Date.now();
    if (stored !== undefined) {
      return storeRecord(transaction, table, stored, fields, context, now);
    }
    const created = { ...fields, id: organisationId, created: now, modified: now, version: 1 };
    await insertRecord(transaction, table, created);
    await recordChanges(transaction, context, now, [
      {
        objectType: table.objectType,
        objectId: organisationId,
        kind: 'created',
        before: null,
        after: stateOf(table, fields),
      },
    ]);
    return created;
  });
}

async function fieldsAfter(
  transaction: Transaction,
  before: AccessRequestConfig,
  { entitlementRequestConfig, ...others }: AccessRequestConfigInput,
): Promise<AccessRequestSettings> {
  const fields = await fieldsFrom(transaction, table, { ...before, ...others }, before);
  return {
    ...fields,
    entitlementRequestConfig:
      entitlementRequestConfig === undefined
        ? before.entitlementRequestConfig
        : await checkedRequestConfig(transaction, entitlementRequestConfig ?? {}, 'entitlementRequestConfig.'),
  };
}
