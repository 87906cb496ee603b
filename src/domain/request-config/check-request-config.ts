import { illegalValue, type MunimentError } from '../../errors.ts';
import type { Transaction } from '../../storage/database.ts';
import {
  type AccessDuration,
  type ApprovalScheme,
  type ApproverType,
  groupsIn,
  type SetRequestConfig,
} from '../../storage/request-config/request-config.ts';
import { shownValue } from '../shown-value.ts';
import { refuseUnstorable } from '../storable.ts';
import { checkApproverGroups } from './approvers.ts';

export {
  approverTypes,
  type ApprovalScheme,
  durationUnits,
  type RequestConfig,
  type SetRequestConfig,
  storedConfig,
} from '../../storage/request-config/request-config.ts';

/** A step of an approval as sent. */
export interface ApprovalSchemeInput {
  readonly approverType: ApproverType;
  readonly approverId?: string | null;
}

type OrNull<T> = { readonly [Name in keyof T]: T[Name] | null };
type Access = NonNullable<SetRequestConfig['accessRequestConfig']>;

/**
 * A request configuration as sent, of which only the shape has been validated. Values that are absent are inherited;
 * null means the same, except for the duration, where it means that there is no limit.
 */
export interface RequestConfigInput {
  readonly accessRequestConfig?:
    | (OrNull<Omit<Access, 'approvalSchemes'>> & {
        readonly approvalSchemes?: readonly ApprovalSchemeInput[] | null;
        readonly formDefinitionId?: string | null;
      })
    | null;
  readonly revocationRequestConfig?: { readonly approvalSchemes?: readonly ApprovalSchemeInput[] | null } | null;
}

/** The maximum number of steps of an approval. */
export const mostSchemes = 20;

/**
 * Returns what a configuration sets, or null if it sets nothing. The order of steps is kept.
 * @param place the field with the configuration, for errors, e.g. `entitlementRequestConfig.`; '' for the whole body
 * @throws 400 for a step with a wrong or unknown approver, for repeated steps, for an id that cannot be stored, and for
 *   forms, which do not exist here
 */
export async function checkedRequestConfig(
  transaction: Transaction,
  input: RequestConfigInput,
  place: string = '',
): Promise<SetRequestConfig | null> {
  refuseUnstorable(input, place.replace(/\.$/, ''));
  const { approvalSchemes, formDefinitionId, maxPermittedAccessDuration, ...flags } = input.accessRequestConfig ?? {};
  if (formDefinitionId !== undefined && formDefinitionId !== null) {
    throw wrong(
      `${place}accessRequestConfig.formDefinitionId`,
      formDefinitionId,
      'be null or absent: there are no forms on this server',
    );
  }
  const schemes = (from: readonly ApprovalSchemeInput[] | null | undefined, part: string) =>
    checkedSchemes(transaction, from, `${place}${part}.approvalSchemes`);
  const access: Access = {
    ...(await schemes(approvalSchemes, 'accessRequestConfig')),
    ...setFlags(flags),
    ...(maxPermittedAccessDuration === undefined
      ? {}
      : { maxPermittedAccessDuration: durationOf(maxPermittedAccessDuration) }),
  };
  const revocation = await schemes(input.revocationRequestConfig?.approvalSchemes, 'revocationRequestConfig');
  const config: SetRequestConfig = {
    ...(Object.keys(access).length === 0 ? {} : { accessRequestConfig: access }),
    ...(Object.keys(revocation).length === 0 ? {} : { revocationRequestConfig: revocation }),
  };
  return Object.keys(config).length === 0 ? null : config;
}

const flagNames = [
  'requestCommentRequired',
  'denialCommentRequired',
  'reauthorizationRequired',
  'requireEndDate',
] as const;

/** In a fixed order, so that equal configurations have equal JSON. */
function setFlags(flags: OrNull<Partial<Record<(typeof flagNames)[number], boolean>>>): Access {
  return Object.fromEntries(
    flagNames.flatMap((name) => (flags[name] === undefined || flags[name] === null ? [] : [[name, flags[name]]])),
  );
}

function durationOf(duration: AccessDuration | null): AccessDuration | null {
  return duration === null ? null : { value: duration.value, timeUnit: duration.timeUnit };
}

async function checkedSchemes(
  transaction: Transaction,
  input: readonly ApprovalSchemeInput[] | null | undefined,
  place: string,
): Promise<{ approvalSchemes?: readonly ApprovalScheme[] }> {
  if (input === undefined || input === null) {
    return {};
  }
  const approvalSchemes: ApprovalScheme[] = [];
  for (const [index, scheme] of input.entries()) {
    const checked = checkedScheme(scheme, `${place}.${index}`);
    if (approvalSchemes.some((other) => keyOf(other) === keyOf(checked))) {
      throw illegalValue(`Field "${place}" has ${shownValue(checked)} twice. Send each step once.`);
    }
    approvalSchemes.push(checked);
  }
  if (approvalSchemes.length > 1 && approvalSchemes.some(({ approverType }) => approverType === 'WORKFLOW')) {
    throw illegalValue(`Field "${place}" has WORKFLOW beside other steps. WORKFLOW must be the only step.`);
  }
  for (const { approverType, approverId = '' } of approvalSchemes) {
    if (approverType === 'WORKFLOW') {
      throw illegalValue(
        `Field "${place}" has the workflow ${shownValue(approverId)}. There are no workflows on this server; use another approverType.`,
      );
    }
  }
  await checkApproverGroups(transaction, groupsIn(approvalSchemes));
  return { approvalSchemes };
}

function checkedScheme({ approverType, approverId }: ApprovalSchemeInput, place: string): ApprovalScheme {
  const isGiven = approverId !== undefined && approverId !== null;
  if (approverType === 'GOVERNANCE_GROUP' || approverType === 'WORKFLOW') {
    if (!isGiven || approverId.trim() === '') {
      const noun = approverType === 'WORKFLOW' ? 'workflow' : 'governance group';
      throw wrong(`${place}.approverId`, approverId, `be the id of a ${noun} with the approverType ${approverType}`);
    }
    return { approverType, approverId };
  }
  if (isGiven) {
    throw wrong(`${place}.approverId`, approverId, `be null or absent with the approverType ${approverType}`);
  }
  return { approverType };
}

function keyOf({ approverType, approverId = '' }: ApprovalScheme): string {
  return `${approverType} ${approverId}`;
}

function wrong(field: string, value: unknown, rule: string): MunimentError {
  return illegalValue(`Field "${field}" is ${shownValue(value)}. It must ${rule}.`);
}
