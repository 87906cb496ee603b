import { flag, json, optionalIdentity, optionalJson, recordTable } from '../resources/record-table.ts';
import type { SetRequestConfig } from './request-config.ts';

/** Who may request access for whom. */
export interface RequestOnBehalfOf {
  readonly allowRequestOnBehalfOfAnyoneByAnyone: boolean;
  readonly allowRequestOnBehalfOfEmployeeByManager: boolean;
  readonly allowRequestOnBehalfOfForMachineIdentity: boolean;
  readonly allowRequestForMachineByOwner: boolean;
}

/** When approvers are reminded, and when an approval goes to somebody else. Null: never. */
export interface Reminders {
  readonly daysUntilEscalation: number | null;
  readonly daysBetweenReminders: number | null;
  readonly maxReminders: number | null;
}

/** The organisation's settings for access requests (contract B.12). There is at most one row. */
export const accessRequestConfigTable = recordTable('access_request_config', 'ACCESS_REQUEST_CONFIG', {
  approvalsMustBeExternal: flag,
  autoApprovalEnabled: flag,
  reauthorizationEnabled: flag,
  govGroupVisibilityEnabled: flag,
  machineIdentityAccessRequestEnabled: flag,
  /** Whether entitlements may be requested at all; only in the oldest families. */
  allowEntitlementRequest: flag,
  requestOnBehalfOf: json<RequestOnBehalfOf>(),
  reminders: json<Reminders>(),
  fallbackApprover: optionalIdentity,
  entitlementRequestConfig: optionalJson<SetRequestConfig>(),
});
