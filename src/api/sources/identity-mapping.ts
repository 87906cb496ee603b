import { type Static, Type } from 'typebox';
import type { IdentityMapping } from '../../domain/identities/identity-mapping.ts';

const attributes = Type.Record(Type.String(), Type.Array(Type.String()), {
  description:
    'For each identity attribute the account attributes that it is read from; the first one with a value is used. alias, name, email, firstname, lastname and lifecycleState set fields of the identity; others are added to its attributes. An empty list sets none.',
});
const lifecycleStates = Type.Record(Type.String(), Type.String(), {
  description: 'Lifecycle states by their names in the source, ignoring case; other names are used unchanged.',
});

/** The identity mapping of an authoritative source. */
export const identityMapping = Type.Object(
  { attributes, lifecycleStates },
  { additionalProperties: false, title: 'IdentityMapping' },
);

/** The form in requests; omitted fields get their defaults. */
export const identityMappingInput = Type.Object(
  { attributes: Type.Optional(attributes), lifecycleStates: Type.Optional(lifecycleStates) },
  { additionalProperties: false, title: 'IdentityMappingInput' },
);

/** Returns the wire format of a mapping. */
export function toIdentityMapping({
  attributes: from,
  lifecycleStates: states,
}: IdentityMapping): Static<typeof identityMapping> {
  return {
    attributes: Object.fromEntries(Object.entries(from).map(([name, names]) => [name, [...names]])),
    lifecycleStates: { ...states },
  };
}
