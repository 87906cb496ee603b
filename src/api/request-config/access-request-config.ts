/** The organisation's settings for access requests: conversions between a family's form and the domain's. */
import {
  type AccessRequestConfig,
  type AccessRequestConfigInput,
  type AccessRequestSettings,
  defaultSettings,
} from '../../domain/request-config/access-request-config.ts';
import type { RequestConfigInput } from '../../domain/request-config/check-request-config.ts';
import { grantSchemesText, parseGrantSchemes } from '../../domain/request-config/grant-schemes.ts';
import { configInForce } from '../../domain/request-config/inheritance.ts';
import type { Reply } from '../operation.ts';
import { type AccessRequestConfigShape, flagNames, onBehalfOfNames } from './access-request-config-schemas.ts';
import { toRequestConfig } from './projections.ts';

type Received = Readonly<Record<string, unknown>>;

/** The settings as sent, valid against the schema of the family. */
interface Body {
  readonly requestOnBehalfOfConfig?: Received | null;
  readonly approvalReminderAndEscalationConfig?:
    | (Partial<AccessRequestSettings['reminders']> & {
        readonly fallbackApproverRef?: { readonly id: string; readonly name?: string | null } | null;
      })
    | null;
  readonly entitlementRequestConfig?: RequestConfigInput | ClassicConfig | null;
}

/** How entitlements are requested, in the oldest families. */
interface ClassicConfig {
  readonly allowEntitlementRequest?: boolean | null;
  readonly requestCommentsRequired?: boolean | null;
  readonly deniedCommentsRequired?: boolean | null;
  readonly grantRequestApprovalSchemes?: string | null;
}

/** The response with the settings. @param email the address of the fallback approver */
export function accessRequestConfigReply(
  config: AccessRequestConfig,
  email: string | null,
  shape: AccessRequestConfigShape,
): Reply {
  const { fallbackApprover, reminders, version } = config;
  const fallbackApproverRef =
    fallbackApprover === null ? null : { type: 'IDENTITY', ...fallbackApprover, ...(email === null ? {} : { email }) };
  return {
    version,
    body: {
      ...picked(config, flagNames(shape)),
      requestOnBehalfOfConfig: picked(config.requestOnBehalfOf, onBehalfOfNames(shape)),
      ...(shape.hasReminders ? { approvalReminderAndEscalationConfig: { ...reminders, fallbackApproverRef } } : {}),
      entitlementRequestConfig: entitlementsOf(config, shape),
    },
  };
}

/**
 * The new settings after a PUT. What is absent gets its default; what the family does not have is kept.
 * Throws a 400 for unknown words in `grantRequestApprovalSchemes`.
 */
export function settingsFrom(
  body: object,
  before: AccessRequestConfig,
  shape: AccessRequestConfigShape,
): AccessRequestConfigInput {
  const received = body as Body & Received;
  const onBehalfOf = received.requestOnBehalfOfConfig ?? {};
  return {
    ...chosen(received, defaultSettings, flagNames(shape)),
    requestOnBehalfOf: {
      ...before.requestOnBehalfOf,
      ...chosen(onBehalfOf, defaultSettings.requestOnBehalfOf, onBehalfOfNames(shape)),
    },
    ...(shape.hasReminders ? remindersFrom(received.approvalReminderAndEscalationConfig ?? {}) : {}),
    ...(shape.entitlements === 'classic'
      ? classicFrom((received.entitlementRequestConfig ?? {}) as ClassicConfig, before)
      : { entitlementRequestConfig: (received.entitlementRequestConfig ?? {}) as RequestConfigInput }),
  };
}

function remindersFrom({
  daysUntilEscalation = null,
  daysBetweenReminders = null,
  maxReminders = null,
  fallbackApproverRef = null,
}: NonNullable<Body['approvalReminderAndEscalationConfig']>): AccessRequestConfigInput {
  return {
    reminders: { daysUntilEscalation, daysBetweenReminders, maxReminders },
    fallbackApprover: fallbackApproverRef,
  };
}

function entitlementsOf(config: AccessRequestConfig, { entitlements }: AccessRequestConfigShape): object {
  const inForce = configInForce([{ origin: 'ORGANISATION', config: config.entitlementRequestConfig }]).config;
  if (entitlements !== 'classic') {
    return toRequestConfig(inForce, { hasForm: entitlements === 'form' });
  }
  const { approvalSchemes, requestCommentRequired, denialCommentRequired } = inForce.accessRequestConfig;
  return {
    allowEntitlementRequest: config.allowEntitlementRequest,
    requestCommentsRequired: requestCommentRequired,
    deniedCommentsRequired: denialCommentRequired,
    grantRequestApprovalSchemes: grantSchemesText(approvalSchemes),
  };
}

function classicFrom(
  classic: ClassicConfig,
  { entitlementRequestConfig }: AccessRequestConfig,
): AccessRequestConfigInput {
  const { approvalSchemes: _before, ...others } = entitlementRequestConfig?.accessRequestConfig ?? {};
  const schemes = classic.grantRequestApprovalSchemes;
  return {
    allowEntitlementRequest: classic.allowEntitlementRequest ?? defaultSettings.allowEntitlementRequest,
    entitlementRequestConfig: {
      ...entitlementRequestConfig,
      accessRequestConfig: {
        ...others,
        requestCommentRequired: classic.requestCommentsRequired ?? null,
        denialCommentRequired: classic.deniedCommentsRequired ?? null,
        ...(schemes === undefined ? {} : { approvalSchemes: parseGrantSchemes(schemes) }),
      },
    },
  };
}

function picked<T extends object, N extends keyof T>(from: T, names: readonly N[]): Pick<T, N> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<T, N>;
}

/** The received flags; default values for those that are absent or null. */
function chosen<T extends object, N extends keyof T & string>(
  received: Received,
  defaults: T,
  names: readonly N[],
): Pick<T, N> {
  return Object.fromEntries(names.map((name) => [name, received[name] ?? defaults[name]])) as Pick<T, N>;
}
