import { fold } from '../../storage/query/fold.ts';
import { nativeIdentityOf, type Pair, pairOf } from '../../storage/identities/identity-attributes.ts';

/** What a source says of how managers are found. */
export interface ManagerSource {
  readonly id: string;
  /** The fields of the source that are kept as sent. */
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * The property by which the accounts of a source name managers: that of its `managerCorrelationMapping`, else its native
 * identities, which stand for aliases too (`matchManagers`).
 */
export function managerPropertyOf(source: ManagerSource): string {
  const property = mappingOf(source).identityAttributeName;
  return property === undefined ? nativeIdentityOf(source.id) : fold(property);
}

/** Whom an account names as manager, or null. Without a mapping its attribute `manager` does. */
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
