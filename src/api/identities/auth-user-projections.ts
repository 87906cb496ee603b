import type { Static } from 'typebox';
import { capabilities, type Identity } from '../../domain/identities/auth-users.ts';
import type { authUser } from './auth-user-schemas.ts';

type Capability = (typeof capabilities)[number];

/** Converts an identity to an auth user. */
export function toAuthUser(identity: Identity, tenant: string): Static<typeof authUser> {
  const attribute = (name: string): string | null => {
    const value = identity.attributes[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    tenant,
    id: identity.id,
    uid: identity.alias,
    identificationNumber: attribute('identificationNumber'),
    email: identity.email,
    phone: attribute('phone'),
    workPhone: attribute('workPhone'),
    personalEmail: attribute('personalEmail'),
    firstname: attribute('firstname'),
    lastname: attribute('lastname'),
    displayName: identity.name,
    alias: identity.alias,
    lastPasswordChangeDate: null,
    lastUnlockTimestamp: null,
    capabilities: capabilities.filter((name: Capability) => identity.capabilities.includes(name)),
  };
}
