import type { IdentityMapping } from '../../storage/sources/correlation-config.ts';
import { fold } from '../../storage/query/fold.ts';
import type { IdentityStatus, IdentityTruth } from '../../storage/identities/identity-record.ts';
import { isTooLong } from '../text-limit.ts';
import type { AppliedAccount } from './applied-account.ts';
import { type ManagerSource, wantedManagerOf } from './wanted-manager.ts';

export type { IdentityMapping } from '../../storage/sources/correlation-config.ts';

/** The attributes of identities that mean something to this server, and the attributes of accounts they come from. */
const usual = {
  alias: ['userName', 'sAMAccountName', 'uid'],
  name: ['displayName'],
  email: ['mail', 'email', 'e-mail', 'emailAddress'],
  firstname: ['givenName', 'firstName'],
  lastname: ['familyName', 'lastName', 'surname', 'sn'],
  lifecycleState: ['cloudLifecycleState', 'lifecycleState', 'status'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What people mean by states in which an identity is not active. */
const statuses: Readonly<Record<string, IdentityStatus>> = {
  inactive: 'DISABLED',
  disabled: 'DISABLED',
  suspended: 'DISABLED',
  leave: 'DISABLED',
  terminated: 'TERMINATED',
  left: 'TERMINATED',
  leaver: 'TERMINATED',
};

/** The mapping of a source: what it was given, and the usual one for the rest. */
export function effectiveMapping(given: IdentityMapping | null): IdentityMapping {
  return {
    attributes: { ...usual, ...given?.attributes },
    lifecycleStates: given?.lifecycleStates ?? {},
  };
}

/**
 * What an authoritative account says of its person. Names of attributes are found whatever their case. Without an alias
 * the native identity is one; without a name the display attribute, first and last name, or the alias.
 * @param mapping complete, as `effectiveMapping` makes it
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
    .filter((property) => !Object.hasOwn(usual, property))
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

/** In one order, so that the same attributes in another order are no change; without those that have no value. */
function sorted(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const present = entries.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return Object.fromEntries([...new Map(present)].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** A value as text; of several the first. */
function textOf(value: unknown): string | null {
  const single: unknown = Array.isArray(value) ? value[0] : value;
  const text = isScalar(single) ? String(single).trim() : '';
  return text === '' ? null : text;
}
