/** The provisioning policies of sources (contract B.1): documents, which this server stores but does not carry out. */
import { alreadyExists, illegalValue, notFound } from '../../errors.ts';
import type { Database } from '../../storage/database.ts';
import {
  type ProvisioningField,
  type ProvisioningPolicy,
  type UsageType,
  usageTypes,
} from '../../storage/sources/source-settings.ts';
import type { ChangeOptions } from '../changes/change-context.ts';
import { refuseBadName, refuseUnstorable } from '../storable.ts';
import { shownValue } from '../shown-value.ts';
import { changeSetting, getSetting } from './source-settings.ts';

export { type ProvisioningPolicy, type UsageType, usageTypes } from '../../storage/sources/source-settings.ts';

/** The maximum number of fields of a policy. */
const mostFields = 500;

/** A policy as clients send it, of which only the shape is checked. Null and absent mean the same. */
export interface ProvisioningPolicyInput {
  readonly name: string | null;
  readonly description?: string | null;
  readonly usageType?: UsageType | null;
  readonly fields?: readonly Partial<ProvisioningField>[] | null;
}

/** A policy, with the version of its source. */
export interface PolicyOfSource {
  readonly policy: ProvisioningPolicy;
  readonly version: number;
}

/** Returns the policies of a source, in the order of the usage types. Throws 404. */
export async function listPolicies(database: Database, sourceId: string): Promise<readonly ProvisioningPolicy[]> {
  return (await getSetting(database, sourceId, 'provisioningPolicies')).value ?? [];
}

/** Returns the policy of a source for a usage type. Throws 404 for the source and for the policy. */
export async function getPolicy(database: Database, sourceId: string, usageType: UsageType): Promise<PolicyOfSource> {
  const { value, version } = await getSetting(database, sourceId, 'provisioningPolicies');
  return { policy: found(value, sourceId, usageType), version };
}

/** Adds a policy. Throws 404, 412, and 400 without a usage type, if it is taken, and for invalid fields. */
export async function createPolicy(
  database: Database,
  sourceId: string,
  input: ProvisioningPolicyInput,
  options: ChangeOptions,
): Promise<PolicyOfSource> {
  const policy = policyOf(input, '');
  return change(database, sourceId, policy.usageType, options, (policies) => {
    if (policies.some(({ usageType }) => usageType === policy.usageType)) {
      throw alreadyExists('A provisioning policy of the source', 'usageType', policy.usageType);
    }
    return [...policies, policy];
  });
}

/**
 * Replaces a policy. Its usage type may be omitted.
 * Throws 404 for the source and for the policy, 412, and 400 for another usage type and for invalid fields.
 */
export async function replacePolicy(
  database: Database,
  sourceId: string,
  usageType: UsageType,
  input: ProvisioningPolicyInput,
  options: ChangeOptions,
): Promise<PolicyOfSource> {
  return patchPolicy(database, sourceId, usageType, () => input, options);
}

/**
 * Changes a policy.
 * @param edit returns the changed policy, with checked shape; may run more than once
 * @throws as `replacePolicy`, and what `edit` throws
 */
export async function patchPolicy(
  database: Database,
  sourceId: string,
  usageType: UsageType,
  edit: (before: ProvisioningPolicy) => ProvisioningPolicyInput,
  options: ChangeOptions,
): Promise<PolicyOfSource> {
  return change(database, sourceId, usageType, options, (policies) => {
    const input = edit(found(policies, sourceId, usageType));
    const after = policyOf({ ...input, usageType: input.usageType ?? usageType }, '');
    if (after.usageType !== usageType) {
      throw illegalValue(
        `Field "usageType" is ${shownValue(after.usageType)}. It cannot be changed: it is ${usageType}, as in the path, or omitted.`,
      );
    }
    return replaced(policies, [after]);
  });
}

/**
 * Creates or replaces several policies at once; the others are kept. Returns the given ones.
 * Throws 404, 412, and 400 as for a new policy and for a usage type that occurs twice.
 */
export async function putPolicies(
  database: Database,
  sourceId: string,
  inputs: readonly ProvisioningPolicyInput[],
  options: ChangeOptions,
): Promise<{ readonly policies: readonly ProvisioningPolicy[]; readonly version: number }> {
  const policies = inputs.slice(0, usageTypes.length + 1).map((input, index) => policyOf(input, `${index}.`));
  const twice = policies.find(
    ({ usageType }, index) => policies.findIndex((one) => one.usageType === usageType) < index,
  );
  if (twice !== undefined) {
    throw illegalValue(`Field "usageType" is ${twice.usageType} in two policies. Send one policy per usage type.`);
  }
  const { version } = await changeSetting(database, sourceId, 'provisioningPolicies', options, {
    edit: (before) => unlessEmpty(replaced(before ?? [], policies)),
  });
  return { policies, version };
}

/** Deletes a policy. Throws 404 for the source and for the policy, and 412. */
export async function deletePolicy(
  database: Database,
  sourceId: string,
  usageType: UsageType,
  options: ChangeOptions,
): Promise<void> {
  await changeSetting(database, sourceId, 'provisioningPolicies', options, {
    edit: (policies) => {
      found(policies, sourceId, usageType);
      return unlessEmpty((policies ?? []).filter((policy) => policy.usageType !== usageType));
    },
  });
}

async function change(
  database: Database,
  sourceId: string,
  usageType: UsageType,
  options: ChangeOptions,
  edit: (policies: readonly ProvisioningPolicy[]) => readonly ProvisioningPolicy[],
): Promise<PolicyOfSource> {
  const { value, version } = await changeSetting(database, sourceId, 'provisioningPolicies', options, {
    edit: (before) => inOrder(edit(before ?? [])),
  });
  return { policy: found(value, sourceId, usageType), version };
}

function replaced(
  before: readonly ProvisioningPolicy[],
  after: readonly ProvisioningPolicy[],
): readonly ProvisioningPolicy[] {
  const types = new Set(after.map(({ usageType }) => usageType));
  return inOrder([...before.filter(({ usageType }) => !types.has(usageType)), ...after]);
}

function inOrder(policies: readonly ProvisioningPolicy[]): readonly ProvisioningPolicy[] {
  return policies.toSorted((a, b) => usageTypes.indexOf(a.usageType) - usageTypes.indexOf(b.usageType));
}

function unlessEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** Checks a policy and fills in what is missing. `place` is the prefix of its fields in errors. */
function policyOf(input: ProvisioningPolicyInput, place: string): ProvisioningPolicy {
  refuseUnstorable(input, '');
  const { name, description = null, usageType } = input;
  if (name !== null) {
    refuseBadName(name, `${place}name`);
  }
  if (usageType === undefined || usageType === null) {
    throw illegalValue(`Field "${place}usageType" is missing. It must be one of ${usageTypes.join(', ')}.`);
  }
  const fields = input.fields ?? [];
  if (fields.length > mostFields) {
    throw illegalValue(`Field "${place}fields" has ${fields.length} members. At most ${mostFields} are allowed.`);
  }
  const names = new Set<string>();
  return {
    name,
    description,
    usageType,
    fields: fields.map((field, index) => fieldOf(field, `${place}fields.${index}.name`, names)),
  };
}

function fieldOf(input: Partial<ProvisioningField>, place: string, names: Set<string>): ProvisioningField {
  const { name = '', transform = {}, attributes = {}, type = 'string', isMultiValued = false } = input;
  refuseBadName(name, place);
  if (names.has(name)) {
    throw illegalValue(`Field "${place}" is ${shownValue(name)}, as that of another field. Names must differ.`);
  }
  names.add(name);
  return { name, transform, attributes, type, isMultiValued };
}

function found(
  policies: readonly ProvisioningPolicy[] | undefined,
  sourceId: string,
  usageType: UsageType,
): ProvisioningPolicy {
  const policy = policies?.find((one) => one.usageType === usageType);
  if (policy === undefined) {
    throw notFound(`provisioning policy for ${usageType} of the source`, sourceId);
  }
  return policy;
}
