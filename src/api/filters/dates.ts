/** ISO 8601 date-times in filters: `2026`, `2026-05`, `2026-05-31`, `2026-05-31T12:30[:15[.250]][Z|+02:00]`. */

const DATE =
  /^(?<year>\d{4})(?:-(?<month>\d\d)(?:-(?<day>\d\d)(?:T(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?(?<zone>Z|[+-]\d\d(?::?\d\d)?)?)?)?)?$/i;

type Parts = Readonly<Record<string, string | undefined>>;

/**
 * Returns a date-time in UTC milliseconds; null if it is invalid. The default time zone is UTC; a year, month or day
 * means its first instant. Digits beyond milliseconds are dropped, because stored times have none.
 */
export function parseDate(text: string): number | null {
  const parts: Parts | undefined = DATE.exec(text)?.groups;
  if (parts === undefined) {
    return null;
  }
  const [year, month, day] = [numberOf(parts['year'], 0), numberOf(parts['month'], 1), numberOf(parts['day'], 1)];
  const [hour, minute, second] = [
    numberOf(parts['hour'], 0),
    numberOf(parts['minute'], 0),
    numberOf(parts['second'], 0),
  ];
  const offset = offsetOf(parts['zone']);
  if (hour > 23 || minute > 59 || second > 59 || offset === null) {
    return null;
  }
  const date = dateOf(year, month, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) {
    return null;
  }
  const millisecond = numberOf(parts['fraction']?.slice(0, 3).padEnd(3, '0'), 0);
  return date.getTime() + ((hour * 60 + minute - offset) * 60 + second) * 1000 + millisecond;
}

/**
 * Returns the range of times whose text starts with this one, in UTC milliseconds: `start` inclusive, `end` exclusive.
 * The text is a year, month, day, minute or second in UTC; returns null for anything else.
 */
export function parseDatePrefix(text: string): { start: number; end: number } | null {
  const parts: Parts | undefined = DATE.exec(text)?.groups;
  const start = parseDate(text);
  if (parts === undefined || start === null || parts['zone'] !== undefined || parts['fraction'] !== undefined) {
    return null;
  }
  if (parts['minute'] !== undefined) {
    return { start, end: start + (parts['second'] === undefined ? 60_000 : 1000) };
  }
  if (parts['day'] !== undefined) {
    return { start, end: start + 86_400_000 };
  }
  const [year, month] = [numberOf(parts['year'], 0), numberOf(parts['month'], 1)];
  const next = parts['month'] === undefined ? dateOf(year + 1, 1, 1) : dateOf(year, month + 1, 1);
  return { start, end: next.getTime() };
}

/** Not `Date.UTC`, which maps the years 0 to 99 to 1900 to 1999. */
function dateOf(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date;
}

/** Returns the offset from UTC in minutes; null if it is invalid. */
function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined || zone.toUpperCase() === 'Z') {
    return 0;
  }
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', ''));
  return hours > 23 || minutes > 59 ? null : (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function numberOf(digits: string | undefined, absent: number): number {
  return digits === undefined ? absent : Number(digits);
}
