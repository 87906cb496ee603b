/** The schemas of the password policies of sources (contract B.1). */
import { Type } from 'typebox';
import type { PasswordPolicyReference } from '../../domain/sources/password-policies.ts';
import { nullable } from '../schemas.ts';

export const passwordPolicyLevels = ['ORG_ADMIN', 'SOURCE_ADMIN', 'SOURCE_SUBADMIN', 'ROLE_SUBADMIN'] as const;

const attributes = Type.Array(
  Type.Object({ name: Type.String(), value: Type.String() }, { additionalProperties: false }),
  { maxItems: 0, description: 'Always empty: no policy is applied to identities.' },
);

/** The password policies of a source. A policy that was sent with the source may lack its id. */
export const passwordPolicyHolders = Type.Array(
  Type.Object(
    {
      policyId: Type.Optional(Type.String()),
      policyName: Type.Optional(Type.String()),
      selectors: Type.Object({ identityAttr: attributes }, { additionalProperties: false }),
    },
    { additionalProperties: false, title: 'PasswordPolicyHolder' },
  ),
);

/** The password policies of a source as clients send them. */
export const passwordPolicyHoldersInput = Type.Array(
  Type.Object(
    {
      policyId: Type.String({ minLength: 1, maxLength: 100 }),
      policyName: Type.Optional(nullable(Type.String({ maxLength: 200 }))),
      selectors: Type.Optional(
        nullable(Type.Object({ identityAttr: Type.Optional(nullable(attributes)) }, { additionalProperties: false })),
      ),
    },
    { additionalProperties: false, title: 'PasswordPolicyHolderInput' },
  ),
  { maxItems: 100 },
);

/** Returns a password policy of a source in the contract's form. */
export function toHolder({ id, name }: PasswordPolicyReference) {
  return {
    ...(id === undefined ? {} : { policyId: id }),
    ...(name === undefined || name === null ? {} : { policyName: name }),
    selectors: { identityAttr: [] },
  };
}
