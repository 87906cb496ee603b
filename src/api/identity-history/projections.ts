import type { Static } from 'typebox';
import type { AccessItem, AccessType, AccountItem } from '../../domain/identities/access-items.ts';
import type { HistoricalIdentity } from '../../domain/identities/historical-identities.ts';
import type { IdentityEvent } from '../../domain/identities/identity-events.ts';
import type { IdentitySnapshot } from '../../domain/identities/identity-snapshots.ts';
import { shownValue } from '../../domain/shown-value.ts';
import { illegalValue } from '../../errors.ts';
import { parseDate } from '../filters/dates.ts';
import { wireTime } from '../wire-time.ts';
import type { accessItem, accountItem, identityEvent, snapshot } from './schemas.ts';

/** Converts an access item to the wire form. Nothing here gives entitlements but accounts. */
export function toAccessItem(item: AccessItem): Static<typeof accessItem> {
  if (item.accessType === 'account') {
    return toAccountItem(item);
  }
  const { id, sourceName, ...rest } = item;
  return {
    ...rest,
    ...(id === undefined ? {} : { id }),
    ...(sourceName === undefined ? {} : { sourceName }),
    standalone: true,
    cloudGoverned: false,
  };
}

function toAccountItem({ sourceName, ...rest }: AccountItem): Static<typeof accountItem> {
  return { ...rest, ...(sourceName === undefined ? {} : { sourceName }) };
}

/** Converts a snapshot to the wire form. */
export function toSnapshot(found: IdentitySnapshot): Static<typeof snapshot> {
  return {
    id: found.id,
    displayName: found.name,
    snapshot: wireTime(found.snapshot),
    ...(found.deleted === undefined ? {} : { deletedDate: wireTime(found.deleted) }),
    accessItemCount: { ...found.counts },
    attributes: { ...found.attributes },
  };
}

/** Converts an identity of the list to the wire form. */
export function toHistoricalIdentity(identity: HistoricalIdentity) {
  const { id, name, firstName, lastName, isActive, deleted } = identity;
  return {
    id,
    displayName: name,
    firstName,
    lastName,
    active: isActive,
    deletedDate: deleted === null ? null : wireTime(deleted),
  };
}

/** Converts an event to the wire form. */
export function toIdentityEvent(identityId: string, event: IdentityEvent): Static<typeof identityEvent> {
  const head = { eventType: event.eventType, identityId, dateTime: wireTime(event.time) };
  switch (event.eventType) {
    case 'AttributesChanged':
      return {
        ...head,
        attributeChanges: event.changes.map(({ name, before, after }) => ({
          name,
          ...(before === undefined ? {} : { previousValue: before }),
          ...(after === undefined ? {} : { newValue: after }),
        })),
      };
    case 'AccountStatusChanged':
      return {
        ...head,
        account: toAccountItem(event.account),
        statusChange: { previousStatus: event.before, newStatus: event.after },
      };
    default:
      return {
        ...head,
        accessItem: toAccessItem(event.item),
        accessItemType: event.item.accessType,
        governanceEvent: null,
      };
  }
}

/** Returns an access type by either of its names; beta writes `access_profile`. */
export function accessTypeOf(name: AccessType | 'access_profile'): AccessType {
  return name === 'access_profile' ? 'accessProfile' : name;
}

/** Returns a list of access types; undefined if there are none, which stands for all. */
export function accessTypesOf(
  names: readonly (AccessType | 'access_profile')[] | undefined,
): readonly AccessType[] | undefined {
  return names === undefined || names.length === 0 ? undefined : names.map(accessTypeOf);
}

/** Parses a time in a parameter to UTC milliseconds; undefined stays. Throws a 400 if it is not a time. */
export function timeIn<T extends string | undefined>(text: T, parameter: string): T extends string ? number : undefined;
export function timeIn(text: string | undefined, parameter: string): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const time = parseDate(text);
  if (time === null) {
    const hint = / \d\d:?\d\d$/.test(text) ? ' In a URL, write the plus sign of a time zone as %2B.' : '';
    throw illegalValue(
      `Parameter "${parameter}" is ${shownValue(text)}. It must be a date, or a date and time such as 2026-01-31T12:00:00Z.${hint}`,
    );
  }
  return time;
}
