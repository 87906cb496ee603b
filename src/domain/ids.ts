import { v7 } from 'uuid';

/** A new id: 32 hex digits, later ones sort after earlier ones (RFC 9562 UUIDv7 without dashes). */
export function newId(): string {
  return v7().replaceAll('-', '');
}

/** A new id in the dashed form, where the contract shows that one (segments, governance groups, OAuth clients). */
export function newDashedId(): string {
  return v7();
}
