import { type Static, Type } from 'typebox';
import type { IdentityMapping } from '../../domain/identities/identity-mapping.ts';

const attributes = Type.Record(Type.String(), Type.Array(Type.String()), {
  description:
    'By attributes of identities the attributes of accounts they come from: the first that has a value. alias, name, email, firstname, lastname and lifecycleState mean something to the server; others are added to the attributes of identities. An empty list: none.',
});
const lifecycleStates = Type.Record(Type.String(), Type.String(), {
  description: 'Lifecycle states by what the source calls them, whatever the case; others stay as they are.',
});

/** How the accounts of an authoritative source become identities. */
export const identityMapping = Type.Object(
  { attributes, lifecycleStates },
  { additionalProperties: false, title: 'IdentityMapping' },
);

/** What clients send; what is left out is as usual. */
export const identityMappingInput = Type.Object(
  { attributes: Type.Optional(attributes), lifecycleStates: Type.Optional(lifecycleStates) },
  { additionalProperties: false, title: 'IdentityMappingInput' },
);

/** A mapping on the wire. */
export function toIdentityMapping({
  attributes: from,
  lifecycleStates: states,
}: IdentityMapping): Static<typeof identityMapping> {
  return {
    attributes: Object.fromEntries(Object.entries(from).map(([name, names]) => [name, [...names]])),
    lifecycleStates: { ...states },
  };
}
