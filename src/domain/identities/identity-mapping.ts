import type { IdentityMapping } from '../../storage/sources/correlation-config.ts';
import { fold } from '../../storage/query/fold.ts';
import type { IdentityStatus, IdentityTruth } from '../../storage/identities/identity-record.ts';
import { isTooLong } from '../text-limit.ts';
import type { AppliedAccount } from './applied-account.ts';
import { type ManagerSource, wantedManagerOf } from './wanted-manager.ts';

export type { IdentityMapping } from '../../storage/sources/correlation-config.ts';

/** The built-in attributes of identities, and the account attributes they are read from by default. */
const defaults = {
  alias: ['userName', 'sAMAccountName', 'uid'],
  name: ['displayName'],
  email: ['mail', 'email', 'e-mail', 'emailAddress'],
  firstname: ['givenName', 'firstName'],
  lastname: ['familyName', 'lastName', 'surname', 'sn'],
  lifecycleState: ['cloudLifecycleState', 'lifecycleState', 'status'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The lifecycle states in which an identity is not active. */
const statuses: Readonly<Record<string, IdentityStatus>> = {
  inactive: 'DISABLED',
  disabled: 'DISABLED',
  suspended: 'DISABLED',
  leave: 'DISABLED',
  terminated: 'TERMINATED',
  left: 'TERMINATED',
  leaver: 'TERMINATED',
};

/** Returns the mapping of a source: the configured one, completed with the defaults. */
export function effectiveMapping(given: IdentityMapping | null): IdentityMapping {
  return {
    attributes: { ...defaults, ...given?.attributes },
    lifecycleStates: given?.lifecycleStates ?? {},
  };
}

/**
 * Returns the identity fields from an authoritative account. Attribute names ignore case. The alias defaults to the native
 * identity, the name to the display attribute, first and last name, or the alias.
 * @param mapping complete, from `effectiveMapping`
 */
export function identityTruth(source: ManagerSource, account: AppliedAccount, mapping: IdentityMapping): IdentityTruth {
  const values = new Map(Object.entries(account.attributes).map(([name, value]) => [fold(name), value]));
  const attribute = (name: string): unknown => account.attributes[name] ?? values.get(fold(name));
  const mapped = (name: string): string | null => {
    for (const from of mapping.attributes[name] ?? []) {
      const text = textOf(attribute(from));
      if (text !== null && !isTooLong(text)) {
        return text;
      }
    }
    return null;
  };
  const alias = mapped('alias') ?? account.nativeIdentity;
  const [firstName, lastName, email] = [mapped('firstname'), mapped('lastname'), mapped('email')];
  const fullName = [firstName, lastName].filter((part) => part !== null).join(' ');
  const display = account.name === account.nativeIdentity ? null : textOf(account.name);
  const name = mapped('name') ?? display ?? (fullName === '' ? alias : fullName);
  const lifecycleState = stateOf(mapped('lifecycleState'), mapping);
  const further = Object.keys(mapping.attributes)
    .filter((property) => !Object.hasOwn(defaults, property))
    .map((property) => [property, mapped(property)] as const);
  return {
    alias,
    name,
    email,
    firstName,
    lastName,
    attributes: JSON.stringify(
      sorted([
        ...Object.entries(account.attributes).filter(([, value]) => isScalar(value)),
        ...further,
        ['uid', alias],
        ['displayName', name],
        ['email', email],
        ['firstname', firstName],
        ['lastname', lastName],
        ['cloudLifecycleState', lifecycleState],
      ]),
    ),
    lifecycleState,
    status: statuses[fold(lifecycleState ?? '')] ?? 'ACTIVE',
    manager: wantedManagerOf(source, attribute),
    sourceId: source.id,
    accountId: account.id,
  };
}

function stateOf(text: string | null, { lifecycleStates }: IdentityMapping): string | null {
  const found = Object.entries(lifecycleStates).find(([from]) => text !== null && fold(from) === fold(text));
  return found?.[1] ?? text;
}

/** Sorts attributes, so that a different order is not a change, and drops those without a value. */
function sorted(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const present = entries.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return Object.fromEntries([...new Map(present)].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Returns a value as text; the first one if there are several. */
function textOf(value: unknown): string | null {
  const single: unknown = Array.isArray(value) ? value[0] : value;
  const text = isScalar(single) ? String(single).trim() : '';
  return text === '' ? null : text;
}
