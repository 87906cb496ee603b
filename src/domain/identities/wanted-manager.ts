import { fold } from '../../storage/query/fold.ts';
import { nativeIdentityOf, type Pair, pairOf } from '../../storage/identities/identity-attributes.ts';

/** The part of a source that determines how managers are resolved. */
export interface ManagerSource {
  readonly id: string;
  /** The fields of the source that are stored as sent. */
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * Returns the property by which the accounts of a source refer to managers: that of its `managerCorrelationMapping`, or
 * its native identities, which match aliases, too (`matchManagers`).
 */
export function managerPropertyOf(source: ManagerSource): string {
  const property = mappingOf(source).identityAttributeName;
  return property === undefined ? nativeIdentityOf(source.id) : fold(property);
}

/** Returns the manager reference of an account, or null. Without a mapping its attribute `manager` is used. */
export function wantedManagerOf(source: ManagerSource, attribute: (name: string) => unknown): Pair | null {
  return pairOf(managerPropertyOf(source), attribute(mappingOf(source).accountAttributeName ?? 'manager')) ?? null;
}

function mappingOf({ details }: ManagerSource): { accountAttributeName?: string; identityAttributeName?: string } {
  const mapping = details['managerCorrelationMapping'];
  if (typeof mapping !== 'object' || mapping === null) {
    return {};
  }
  const { accountAttributeName: account, identityAttributeName: identity } = mapping as Record<string, unknown>;
  return {
    ...(typeof account === 'string' && account !== '' ? { accountAttributeName: account } : {}),
    ...(typeof identity === 'string' && identity !== '' ? { identityAttributeName: identity } : {}),
  };
}
