/** What identifies a connection: an account, and an entitlement that it holds. */
export interface ConnectionKey {
  readonly accountId: string;
  readonly entitlementId: string;
}

const separator = ':';

/** Returns the id of a connection: both ids. It sorts like the key. */
export function connectionId({ accountId, entitlementId }: ConnectionKey): string {
  return `${accountId}${separator}${entitlementId}`;
}

/** Returns the key in the id of a connection. Of a text that is no such id, the key belongs to no connection. */
export function keyOf(id: string): ConnectionKey {
  const end = id.indexOf(separator);
  return end === -1
    ? { accountId: id, entitlementId: '' }
    : { accountId: id.slice(0, end), entitlementId: id.slice(end + 1) };
}
