import SqliteConnection from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import type { Condition, Operator, Value } from '../../list-query.ts';
import { compileCondition } from './condition.ts';
import type { Columns } from './condition.ts';

// tests/query-language tests on both engines which rows a condition selects. These tests are about the SQL.

const connection = new SqliteConnection(':memory:');
connection.exec(`
  create table thing (id text primary key, name text not null, owner_id text, size integer, features text not null) without rowid;
  create index thing_name on thing (name, id);
  create index thing_owner on thing (owner_id, id);
`);
const database = new Kysely<unknown>({ dialect: new SqliteDialect({ database: connection }) });
afterAll(() => database.destroy());

const columns: Columns = {
  id: { expression: sql.ref('id'), type: 'id', nullable: false },
  name: { expression: sql.ref('name'), type: 'text', nullable: false },
  'owner.id': { expression: sql.ref('owner_id'), type: 'id', nullable: true },
  size: { expression: sql.ref('size'), type: 'number', nullable: true },
  features: { expression: sql.ref('features'), type: 'set', nullable: false },
  city: {
    expression: sql`(select city from owner where owner.id = thing.owner_id)`,
    type: 'text',
    nullable: true,
    lookup: {
      expression: sql.ref('owner.city'),
      among: (found) => sql`(owner_id in (select id from owner where ${found}))`,
    },
  },
};

function testOf(field: string, operator: Operator, ...values: Value[]): Condition {
  return { kind: 'test', field, operator, values };
}

function not(condition: Condition): Condition {
  return { kind: 'not', condition };
}

function compiled(condition: Condition): { text: string; parameters: readonly unknown[] } {
  const { sql: text, parameters } = compileCondition(condition, columns).compile(database);
  return { text, parameters };
}

function planOf(condition: Condition): string {
  const { text, parameters } = compiled(condition);
  const rows = connection.prepare(`explain query plan select id from thing where ${text}`).all(...parameters);
  return rows.map((row) => String((row as { detail: unknown }).detail)).join('; ');
}

describe('the SQL of a condition', () => {
  test.each<[string, Condition, string, unknown[]]>([
    ['folds text', testOf('name', 'eq', 'ＡBC'), '"name" = ?', ['abc']],
    ['lowers ids', testOf('id', 'eq', 'AB'), '"id" = ?', ['ab']],
    ['makes a prefix a range', testOf('name', 'sw', 'Ab'), '("name" >= ? and "name" < ?)', ['ab', 'ac']],
    ['leaves a prefix without end open', testOf('name', 'sw', '\u{10ffff}'), '"name" >= ?', ['\u{10ffff}']],
    ['makes a list an IN', testOf('name', 'in', 'A', 'b'), '"name" in (?, ?)', ['a', 'b']],
    ['adds nulls to a negation', not(testOf('owner.id', 'eq', 'x')), '("owner_id" <> ? or "owner_id" is null)', ['x']],
    ['adds nulls to ne', testOf('owner.id', 'ne', 'x'), '("owner_id" <> ? or "owner_id" is null)', ['x']],
    ['adds no nulls where there are none', testOf('name', 'ne', 'x'), '"name" <> ?', ['x']],
    ['takes two negations for none', not(not(testOf('name', 'gt', 'x'))), '"name" > ?', ['x']],
    [
      'turns "and" into "or" when negated',
      not({ kind: 'and', conditions: [testOf('name', 'lt', 'x'), testOf('owner.id', 'pr')] }),
      '("name" >= ? or "owner_id" is null)',
      ['x'],
    ],
    ['knows that a column has no nulls', testOf('name', 'isnull'), '1 = 0', []],
    [
      'casts what an integer column cannot take',
      testOf('size', 'lt', 1.5),
      '"size" < cast(? as double precision)',
      [1.5],
    ],
    ['looks up', testOf('city', 'eq', 'A'), '(owner_id in (select id from owner where "owner"."city" = ?))', ['a']],
    [
      'looks up what is not',
      testOf('city', 'ne', 'A'),
      'not (owner_id in (select id from owner where "owner"."city" = ?))',
      ['a'],
    ],
    [
      'looks up no null',
      testOf('city', 'isnull'),
      'not (owner_id in (select id from owner where "owner"."city" is not null))',
      [],
    ],
    [
      'negates a negation',
      not(testOf('city', 'ne', 'A')),
      '(owner_id in (select id from owner where "owner"."city" = ?))',
      ['a'],
    ],
    ['takes an empty list for nothing', testOf('name', 'in'), '1 = 0', []],
    ['takes an empty "and" for everything', { kind: 'and', conditions: [] }, '1 = 1', []],
  ])('%s', (_title, condition, text, parameters) => {
    expect(compiled(condition)).toEqual({ text, parameters });
  });

  test.each<[Condition, string]>([
    [testOf('name', 'eq', 'a'), 'SEARCH thing USING COVERING INDEX thing_name (name=?)'],
    [testOf('name', 'sw', 'a'), 'SEARCH thing USING COVERING INDEX thing_name (name>? AND name<?)'],
    [testOf('name', 'in', 'a', 'b'), 'SEARCH thing USING COVERING INDEX thing_name (name=?)'],
    [testOf('owner.id', 'isnull'), 'SEARCH thing USING COVERING INDEX thing_owner (owner_id=?)'],
  ])('%j uses the index', (condition, plan) => {
    expect(planOf(condition)).toBe(plan);
  });

  test('500 terms in 64 levels are within the limits of SQLite', () => {
    let condition: Condition = {
      kind: 'or',
      conditions: Array.from({ length: 500 }, () => testOf('owner.id', 'ne', 'a')),
    };
    for (let level = 0; level < 64; level += 1) {
      condition = { kind: 'and', conditions: [condition, testOf('name', 'sw', 'a')] };
    }
    expect(() => planOf(condition)).not.toThrow();
    expect(() => planOf(testOf('features', 'ca', ...Array.from({ length: 500 }, String)))).not.toThrow();
  });

  test.each<[Condition, string]>([
    [testOf('colour', 'eq', 'a'), 'There is no column for the field "colour".'],
    [testOf('constructor', 'eq', 'a'), 'There is no column for the field "constructor".'],
    [testOf('size', 'sw', 'a'), '"size", a column of type number, does not support "sw".'],
    [testOf('name', 'ca', 'a'), '"name", a column of type text, does not support "ca".'],
    [testOf('features', 'eq', 'a'), '"features", a column of type set, does not support "eq".'],
    [testOf('name', 'eq'), '"name eq" takes one value, not 0.'],
  ])('%j throws a plain Error', (condition, message) => {
    expect(() => compileCondition(condition, columns)).toThrow(message);
  });
});
