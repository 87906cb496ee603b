import { illegalValue } from '../../errors.ts';
import type { Database } from '../../storage/database.ts';
import { shownValue } from '../shown-value.ts';
import { type AccessItem, type AccessType, type AccountItem, itemMaker } from './access-items.ts';
import { getRecordedIdentity } from './historical-identities.ts';
import { type AccountStatus, type AttributeChange, type TimelineFact, timelineOf } from './identity-timeline.ts';

/** The events of the contract. Muniment has no certifications and access requests yet. */
export const eventTypes = [
  'AccessItemAssociated',
  'AccessItemRemoved',
  'AttributesChanged',
  'AccountStatusChanged',
  'IdentityCertified',
  'AccessRequested',
] as const;
export type EventType = (typeof eventTypes)[number];

/** One event of an identity. Times are UTC milliseconds. */
export type IdentityEvent = { readonly time: number } & (
  | { readonly eventType: 'AccessItemAssociated' | 'AccessItemRemoved'; readonly item: AccessItem }
  | { readonly eventType: 'AttributesChanged'; readonly changes: readonly AttributeChange[] }
  | {
      readonly eventType: 'AccountStatusChanged';
      readonly account: AccountItem;
      readonly before: AccountStatus;
      readonly after: AccountStatus;
    }
);

/** Which events are listed. */
export interface EventSelection {
  /** Only events at this time or later, in UTC milliseconds. */
  readonly from: number | undefined;
  /** Undefined: all types. */
  readonly eventTypes: readonly EventType[] | undefined;
  /** The types of the access items of events; undefined: all, and events without an access item, too. */
  readonly accessTypes: readonly AccessType[] | undefined;
  readonly offset: number;
  readonly limit: number;
  readonly count: boolean;
}

interface DatedFact {
  readonly time: number;
  readonly fact: TimelineFact;
}

/** Lists the events of an identity, newest first. Throws 404. */
export async function listIdentityEvents(
  database: Database,
  id: string,
  selection: EventSelection,
): Promise<{ events: IdentityEvent[]; total: number | undefined }> {
  const { from, offset, limit, count } = selection;
  const page: DatedFact[] = [];
  let total = 0;
  for await (const { time, facts } of timelineOf(database, await getRecordedIdentity(database, id))) {
    if ((from !== undefined && time < from) || (!count && page.length >= limit)) {
      break;
    }
    for (const fact of facts) {
      if (isSelected(fact, selection)) {
        total += 1;
        if (total > offset && page.length < limit) {
          page.push({ time, fact });
        }
      }
    }
  }
  return { events: await describe(database, page), total: count ? total : undefined };
}

/** The lengths of the periods in which snapshots are grouped. */
export const intervals = ['day', 'month'] as const;
export type Interval = (typeof intervals)[number];

/**
 * Lists the times at which an identity, its attributes or its access changed, newest first, in UTC milliseconds.
 * @param start UTC milliseconds: only times from this on, and, with an interval, less than a day or month later
 * @throws 404; 400 for an interval without a start
 */
export async function listSnapshotTimes(
  database: Database,
  id: string,
  { start, interval }: { readonly start: number | undefined; readonly interval: Interval | undefined },
): Promise<number[]> {
  if (interval !== undefined && start === undefined) {
    throw illegalValue(`Parameter "interval" is ${shownValue(interval)} without "start". Send start as well.`);
  }
  const end = start === undefined || interval === undefined ? Number.POSITIVE_INFINITY : endOf(start, interval);
  const times = new Set<number>();
  for await (const { time } of timelineOf(database, await getRecordedIdentity(database, id))) {
    if (time < (start ?? 0)) {
      break;
    }
    if (time < end) {
      times.add(time);
    }
  }
  return [...times];
}

/** The number of events of an identity in one period. */
export interface PeriodCount {
  /** `2026-01-31` or `2026-01`. */
  readonly name: string;
  readonly value: number;
}

/**
 * Returns the number of events of an identity per day or month, newest first, without periods that have none.
 * @param before UTC milliseconds: only earlier events
 * @throws 404; 400 for an unknown time zone
 */
export async function countEvents(
  database: Database,
  id: string,
  { before, interval, timeZone }: { before: number | undefined; interval: Interval; timeZone: string },
): Promise<PeriodCount[]> {
  const dateOf = dateFormat(timeZone);
  const counts = new Map<string, number>();
  for await (const { time, facts } of timelineOf(database, await getRecordedIdentity(database, id))) {
    const events = facts.filter((fact) => eventTypeOf(fact) !== undefined).length;
    if (events > 0 && time < (before ?? Number.POSITIVE_INFINITY)) {
      const date = dateOf(time);
      const name = interval === 'day' ? date : date.slice(0, -3);
      counts.set(name, (counts.get(name) ?? 0) + events);
    }
  }
  return [...counts].map(([name, value]) => ({ name, value }));
}

function dateFormat(timeZone: string): (time: number) => string {
  try {
    // The Swedish form is that of ISO 8601.
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    return (time) => format.format(time);
  } catch (error) {
    if (error instanceof RangeError) {
      throw illegalValue(
        `Parameter "time-zone" is ${shownValue(timeZone)}. It must be a time zone such as UTC or Europe/Zurich.`,
      );
    }
    throw error;
  }
}

function endOf(start: number, interval: Interval): number {
  const end = new Date(start);
  if (interval === 'day') {
    end.setUTCDate(end.getUTCDate() + 1);
  } else {
    end.setUTCMonth(end.getUTCMonth() + 1);
  }
  return end.getTime();
}

function isSelected(fact: TimelineFact, { eventTypes: events, accessTypes: access }: EventSelection): boolean {
  const event = eventTypeOf(fact);
  if (event === undefined || events?.includes(event) === false) {
    return false;
  }
  const item = fact.kind === 'status' ? 'account' : fact.kind;
  return access === undefined || access.some((type) => type === item);
}

/** Returns the event of a fact; undefined for the creation and deletion of the identity, which are no events. */
function eventTypeOf(fact: TimelineFact): EventType | undefined {
  switch (fact.kind) {
    case 'account':
    case 'entitlement':
      return fact.isAdded ? 'AccessItemAssociated' : 'AccessItemRemoved';
    case 'attributes':
      return 'AttributesChanged';
    case 'status':
      return 'AccountStatusChanged';
    default:
      return undefined;
  }
}

/** Adds what is shown of the access items of a page. */
async function describe({ scan }: Database, page: readonly DatedFact[]): Promise<IdentityEvent[]> {
  const accounts = page.flatMap(({ fact }) =>
    fact.kind === 'account' || fact.kind === 'status' ? [fact.account] : [],
  );
  const keys = page.flatMap(({ fact }) => (fact.kind === 'entitlement' ? [fact.entitlement] : []));
  const items = await itemMaker(scan, accounts, keys, undefined);
  return page.flatMap(({ time, fact }): IdentityEvent[] => {
    switch (fact.kind) {
      case 'account':
        return [{ time, eventType: accessEvent(fact.isAdded), item: items.account(fact.account) }];
      case 'entitlement':
        return [{ time, eventType: accessEvent(fact.isAdded), item: items.entitlement(fact.entitlement) }];
      case 'attributes':
        return [{ time, eventType: 'AttributesChanged', changes: fact.changes }];
      case 'status': {
        const { before, after } = fact;
        return [{ time, eventType: 'AccountStatusChanged', account: items.account(fact.account), before, after }];
      }
      default:
        return [];
    }
  });
}

function accessEvent(isAdded: boolean): 'AccessItemAssociated' | 'AccessItemRemoved' {
  return isAdded ? 'AccessItemAssociated' : 'AccessItemRemoved';
}
