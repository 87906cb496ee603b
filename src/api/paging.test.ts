import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Value } from '../list-query.ts';
import type { FieldType } from './filters/values.ts';
import { parseSearchAfter } from './paging.ts';
import { parseSorters } from './sorters.ts';

const fields: Record<string, { type: FieldType }> = {
  id: { type: 'id' },
  name: { type: 'string' },
  created: { type: 'date' },
  requestable: { type: 'boolean' },
};

function parse(text: string, sorters: string): (Value | null)[] {
  return parseSearchAfter(text, parseSorters(sorters, Object.keys(fields)), fields);
}

describe('parseSearchAfter', () => {
  test.each<[string, string, (Value | null)[]]>([
    ['2c918084', 'id', ['2c918084']],
    ['Payroll,2c', 'name,-id', ['Payroll', '2c']],
    ['"Payroll, ""EU""",2c', 'name,id', ['Payroll, "EU"', '2c']],
    ['5" disk,2c', 'name,id', ['5" disk', '2c']],
    ['two\nlines,2c', 'name,id', ['two\nlines', '2c']],
    [',2c', 'name,id', [null, '2c']],
    ['"",2c', 'name,id', ['', '2c']],
    ['2026-05-31T00:00:00Z,true,2c', 'created,requestable,id', [1780185600000, true, '2c']],
    ['', 'id', [null]],
    ['a,', 'name,id', ['a', null]],
  ])('parses %j for %s', (text, sorters, values) => {
    expect(parse(text, sorters)).toEqual(values);
  });

  test('parses every quoted text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'",a \n') }), (name) => {
        expect(parse(`"${name.replaceAll('"', '""')}",2c`, 'name,id')).toEqual([name, '2c']);
      }),
    );
  });

  test.each([
    [
      'a',
      'name',
      'searchAfter requires sorters that end in id, which is unique; sorters is "name". Send sorters=name,id.',
    ],
    ['a', '', 'searchAfter requires sorters that end in id, which is unique; there are none. Send sorters=id.'],
    [
      'a,b,2c',
      'name,id',
      'searchAfter has 3 values for 2 sorters (name,id): each sorter needs one value. Put a value with a comma in double quotes.',
    ],
    [
      '20,2c',
      'created,id',
      'searchAfter: the value of "created" is "20", expected a valid ISO 8601 date and time, e.g. 2026-05-31T12:30:00Z or 2026-05-31.',
    ],
    ['1,2c', 'requestable,id', 'searchAfter: the value of "requestable" is "1", expected true or false.'],
    ['"a,2c', 'name,id', 'searchAfter, position 1: the value that starts here has no closing double quote.'],
    [
      '"a"b,2c',
      'name,id',
      'searchAfter, position 4: found "b,2c", expected "," or the end. Double a double quote within a quoted value.',
    ],
    ['a\0,2c', 'name,id', 'searchAfter, position 2: found a NUL character, which is not allowed. Remove it.'],
  ])('rejects %j for "%s"', (text, sorters, message) => {
    expect(() => parse(text, sorters)).toThrow(expect.objectContaining({ status: 400, message }) as Error);
  });
});
