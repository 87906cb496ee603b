import { type Static, Type } from 'typebox';
import { type ProvisioningPolicy, usageTypes } from '../../domain/sources/provisioning-policies.ts';
import type { Security } from '../operation.ts';
import { nullable, oneOf } from '../schemas.ts';

const reading = ['idn:provisioning-policy:read', 'idn:provisioning-policy:manage'];
const byAdmins = ['idn:provisioning-policy-source-admin-operations:manage', 'idn:provisioning-policy:manage'];
const managing = ['idn:provisioning-policy:manage'];
const both = (scopes: readonly string[]): Security => ({ userAuth: scopes, applicationAuth: scopes });

/** Rights for provisioning policies (contract B.1). */
export const policyRights = {
  list: both(reading),
  read: both(['idn:provisioning-policy-source:read', 'idn:provisioning-policy:read', ...byAdmins]),
  change: both(byAdmins),
  manage: both(managing),
};

const map = Type.Record(Type.String(), Type.Unknown());

const field = {
  name: Type.String(),
  transform: map,
  attributes: map,
  type: oneOf(['string', 'int', 'long', 'date', 'boolean', 'secret']),
  isMultiValued: Type.Boolean(),
};

/** A provisioning policy of a source (contract B.1). */
export const provisioningPolicy = Type.Object(
  {
    name: nullable(Type.String()),
    description: Type.Optional(Type.String()),
    usageType: oneOf(usageTypes),
    fields: Type.Array(
      Type.Object(
        { ...field, isRequired: Type.Boolean({ description: 'Whether the attribute cloudRequired is true.' }) },
        { additionalProperties: false, title: 'FieldDetailsDto' },
      ),
    ),
  },
  { additionalProperties: false, title: 'ProvisioningPolicyDto' },
);

/** A provisioning policy in requests. */
export const provisioningPolicyInput = Type.Object(
  {
    name: nullable(Type.String()),
    description: Type.Optional(nullable(Type.String())),
    usageType: Type.Optional(oneOf(usageTypes, { description: 'What the policy is for: one policy per usage type.' })),
    fields: Type.Optional(
      nullable(
        Type.Array(
          Type.Object(
            {
              name: Type.String({ description: 'Unique in the policy.' }),
              transform: Type.Optional(map),
              attributes: Type.Optional(map),
              type: Type.Optional(field.type),
              isMultiValued: Type.Optional(Type.Boolean()),
              isRequired: Type.Optional(
                Type.Boolean({ description: 'Read-only: it follows from the attribute cloudRequired.' }),
              ),
            },
            { additionalProperties: false, title: 'FieldDetailsDtoInput' },
          ),
        ),
      ),
    ),
  },
  { additionalProperties: false, title: 'ProvisioningPolicyDtoInput' },
);

/** The patchable fields of a provisioning policy. */
export const patchablePolicy = { schema: Type.Omit(provisioningPolicyInput, ['usageType']) };

/** The path of a source's provisioning policies. */
export const policiesPath = Type.Object({ sourceId: Type.String({ minLength: 1 }) });

/** The path of one provisioning policy. */
export const policyPath = Type.Object({ sourceId: Type.String({ minLength: 1 }), usageType: oneOf(usageTypes) });

/** Returns the wire format of a provisioning policy. */
export function toProvisioningPolicy(policy: ProvisioningPolicy): Static<typeof provisioningPolicy> {
  const { name, description, usageType, fields } = policy;
  return {
    name,
    ...(description === null ? {} : { description }),
    usageType,
    fields: fields.map((one) => ({
      ...one,
      isRequired: String(one.attributes['cloudRequired']).toLowerCase() === 'true',
    })),
  };
}
