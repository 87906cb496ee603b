import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDate, parseDatePrefix } from './dates.ts';

describe('parseDate', () => {
  test('parses every time in the wire format', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('0000-01-01T00:00:00Z'),
          max: new Date('9999-12-31T23:59:59.999Z'),
          noInvalidDate: true,
        }),
        (date) => {
          expect(parseDate(date.toISOString())).toBe(date.getTime());
          expect(parseDatePrefix(date.toISOString().slice(0, 19))).toMatchObject({
            start: date.getTime() - date.getUTCMilliseconds(),
          });
        },
      ),
    );
  });

  test.each([
    ['2026', '2026-01-01T00:00:00.000Z'],
    ['2026-05', '2026-05-01T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2026-05-31T12:30', '2026-05-31T12:30:00.000Z'],
    ['2026-05-31T12:30:15', '2026-05-31T12:30:15.000Z'],
    ['2026-05-31t12:30:15z', '2026-05-31T12:30:15.000Z'],
    ['2026-05-31T12:30:15.5Z', '2026-05-31T12:30:15.500Z'],
    ['2026-05-31T12:30:15.1239999Z', '2026-05-31T12:30:15.123Z'],
    ['2026-05-31T00:30:00+02:00', '2026-05-30T22:30:00.000Z'],
    ['2026-05-31T12:30:00-0530', '2026-05-31T18:00:00.000Z'],
    ['2026-05-31T12:30:00+01', '2026-05-31T11:30:00.000Z'],
    ['0050-01-01', '0050-01-01T00:00:00.000Z'],
  ])('parses %s', (text, expected) => {
    expect(new Date(parseDate(text) ?? Number.NaN).toISOString()).toBe(expected);
  });

  test.each([
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-05-00',
    '2026-05-31T24:00:00Z',
    '2026-05-31T12:60:00Z',
    '2026-05-31T12:30:60Z',
    '2026-05-31T12:30:00+24:00',
    '2026-05-31T12:30:00+02:60',
    '2026-05-31 12:30:00',
    '2026-5-31',
    '20260531',
    '31.05.2026',
    '1780000000000',
    'yesterday',
    '2026-05-31Z',
    '',
    ' 2026',
  ])('rejects %j', (text) => {
    expect(parseDate(text)).toBeNull();
  });
});

describe('parseDatePrefix', () => {
  test.each([
    ['2026', '2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['2026-12', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
    ['2026-05-31T23:59', '2026-05-31T23:59:00.000Z', '2026-06-01T00:00:00.000Z'],
    ['2026-05-31T12:30:15', '2026-05-31T12:30:15.000Z', '2026-05-31T12:30:16.000Z'],
  ])('of %s', (text, start, end) => {
    expect(parseDatePrefix(text)).toEqual({ start: Date.parse(start), end: Date.parse(end) });
  });

  test.each(['20', '2026-0', '2026-02-30', '2026-05-31T12', '2026-05-31T12:30:15.5', '2026-05-31T12:30Z', ''])(
    'there is none of %j',
    (text) => {
      expect(parseDatePrefix(text)).toBeNull();
    },
  );
});
