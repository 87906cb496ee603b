import { describe, expect, test } from 'vitest';
import type { Condition } from '../../list-query.ts';
import type { FilterFields } from './check.ts';
import { parseFilter } from './parse-filter.ts';

const fields: FilterFields = {
  id: { type: 'id', operators: ['eq', 'in'] },
  name: { type: 'string', operators: ['eq', 'in', 'sw'] },
  'owner.id': { type: 'id', operators: ['eq', 'isnull'] },
  requestable: { type: 'boolean', operators: ['eq'] },
  created: { type: 'date', operators: ['gt', 'le', 'sw'] },
  size: { type: 'number', operators: ['ge'] },
  features: { type: 'set', operators: ['ca', 'co'] },
};

describe('converts a filter to a condition with typed values', () => {
  test.each<[string, Condition]>([
    ['name eq "Payroll"', { kind: 'test', field: 'name', operator: 'eq', values: ['Payroll'] }],
    ['name in ("a", "b")', { kind: 'test', field: 'name', operator: 'in', values: ['a', 'b'] }],
    ['id eq 2c918084', { kind: 'test', field: 'id', operator: 'eq', values: ['2c918084'] }],
    ['id eq "2c918084"', { kind: 'test', field: 'id', operator: 'eq', values: ['2c918084'] }],
    ['id in (a, "b")', { kind: 'test', field: 'id', operator: 'in', values: ['a', 'b'] }],
    ['requestable eq true', { kind: 'test', field: 'requestable', operator: 'eq', values: [true] }],
    ['requestable eq "false"', { kind: 'test', field: 'requestable', operator: 'eq', values: [false] }],
    ['created gt 2026-05-31T00:00:00Z', { kind: 'test', field: 'created', operator: 'gt', values: [1780185600000] }],
    [
      'created le "2026-05-31T02:00:00+02:00"',
      { kind: 'test', field: 'created', operator: 'le', values: [1780185600000] },
    ],
    ['size ge -1.5e3', { kind: 'test', field: 'size', operator: 'ge', values: [-1500] }],
    ['features ca ("A","B")', { kind: 'test', field: 'features', operator: 'ca', values: ['A', 'B'] }],
    ['name eq "null"', { kind: 'test', field: 'name', operator: 'eq', values: ['null'] }],
    [
      'not (owner.id isnull or name sw "a")',
      {
        kind: 'not',
        condition: {
          kind: 'or',
          conditions: [
            { kind: 'test', field: 'owner.id', operator: 'isnull', values: [] },
            { kind: 'test', field: 'name', operator: 'sw', values: ['a'] },
          ],
        },
      },
    ],
    [
      'created sw "2026-05"',
      {
        kind: 'and',
        conditions: [
          { kind: 'test', field: 'created', operator: 'ge', values: [Date.UTC(2026, 4)] },
          { kind: 'test', field: 'created', operator: 'lt', values: [Date.UTC(2026, 5)] },
        ],
      },
    ],
  ])('%s', (text, condition) => {
    expect(parseFilter(text, fields)).toEqual(condition);
  });
});

describe('rejects undocumented fields and operators with a 400 that lists those allowed', () => {
  const date = 'a valid ISO 8601 date and time, e.g. 2026-05-31T12:30:00Z or 2026-05-31.';
  test.each([
    [
      'name eq "a" and colour eq "red"',
      'filters, position 17: "colour" is not a filter field here. The fields are id, name, owner.id, requestable, created, size, features.',
    ],
    [
      'constructor eq "a"',
      'filters, position 1: "constructor" is not a filter field here. The fields are id, name, owner.id, requestable, created, size, features.',
    ],
    ['name co "a"', 'filters, position 6: "name" does not support the operator "co". Its operators are eq, in, sw.'],
    ['pr name', 'filters, position 1: "name" does not support the operator "pr". Its operators are eq, in, sw.'],
    [
      'name eq Payroll',
      'filters, position 9: the value of "name" is "Payroll", expected a string in double quotes. Write "Payroll".',
    ],
    ['requestable eq yes', 'filters, position 16: the value of "requestable" is "yes", expected true or false.'],
    ['requestable eq TRUE', 'filters, position 16: the value of "requestable" is "TRUE", expected true or false.'],
    ['created gt 2026-02-30', `filters, position 12: the value of "created" is "2026-02-30", expected ${date}`],
    [
      'created gt "2026-05-31T00:00:00 02:00"',
      `filters, position 12: the value of "created" is "2026-05-31T00:00:00 02:00", expected ${date} In a URL, write the plus sign of a time zone as %2B.`,
    ],
    [
      'created sw 20',
      'filters, position 12: the value of "created" is "20", expected the start of a date and time in UTC, e.g. 2026, 2026-05, 2026-05-31 or 2026-05-31T12:30.',
    ],
    ['size ge many', 'filters, position 9: the value of "size" is "many", expected a number, e.g. 7 or -1.5.'],
    ['size ge 1e999', 'filters, position 9: the value of "size" is "1e999", expected a number, e.g. 7 or -1.5.'],
    ['id eq null', 'filters, position 7: the value of "id" is "null", expected an id. Null cannot be matched here.'],
    [
      'owner.id eq null',
      'filters, position 13: the value of "owner.id" is "null", expected an id. To match null, write owner.id isnull.',
    ],
  ])('%s', (text, message) => {
    expect(() => parseFilter(text, fields)).toThrow(expect.objectContaining({ status: 400, message }) as Error);
  });
});
