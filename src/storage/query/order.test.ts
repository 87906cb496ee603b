import SqliteConnection from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import type { Sort, Value } from '../../list-query.ts';
import type { Columns } from './condition.ts';
import { after, closeOrder, orderBy } from './order.ts';

// tests/query-language tests the order of rows on both engines. These tests are about the SQL.

const connection = new SqliteConnection(':memory:');
connection.exec(`
  create table thing (id text primary key, name text not null, type text not null, attribute text) without rowid;
  create index thing_name on thing (name, id);
  create index thing_attribute on thing (attribute, id);
`);
const database = new Kysely<unknown>({ dialect: new SqliteDialect({ database: connection }) });
afterAll(() => database.destroy());

const columns: Columns = {
  id: { expression: sql.ref('id'), type: 'id', nullable: false },
  name: { expression: sql.ref('name'), type: 'text', nullable: false },
  type: { expression: sql.ref('type'), type: 'text', nullable: false },
  attribute: { expression: sql.ref('attribute'), type: 'text', nullable: true },
};

function sortsOf(text: string): Sort[] {
  return text
    .split(',')
    .filter((name) => name !== '')
    .map((name) => ({ field: name.replace('-', ''), descending: name.startsWith('-') }));
}

describe('closeOrder', () => {
  test.each([
    ['', 'id'],
    ['name', 'name,id'],
    ['name,-type', 'name,-type,-id'],
    ['name,-id', 'name,-id'],
    ['-id,name', '-id'],
  ])('converts "%s" to "%s"', (sorters, closed) => {
    expect(closeOrder(sortsOf(sorters))).toEqual(sortsOf(closed));
  });
});

describe('the SQL of an order', () => {
  test.each([
    ['', '"id" asc'],
    ['-name', '"name" desc, "id" desc'],
    ['attribute', '"attribute" asc nulls first, "id" asc'],
    ['-attribute,id', '"attribute" desc nulls last, "id" asc'],
  ])('of "%s"', (sorters, text) => {
    expect(orderBy(sortsOf(sorters), columns).compile(database).sql).toBe(text);
  });
});

describe('the SQL of a continuation', () => {
  test.each<[string, (Value | null)[], string, unknown[]]>([
    ['id', ['A'], '("id") > (?)', ['a']],
    ['name,id', ['B', 'x'], '("name", "id") > (?, ?)', ['b', 'x']],
    ['-name,-id', ['B', 'x'], '("name", "id") < (?, ?)', ['b', 'x']],
    ['name,id', [null, 'x'], '("name", "id") > (?, ?)', ['', 'x']],
    ['attribute,id', ['B', 'x'], '("attribute", "id") > (?, ?)', ['b', 'x']],
    ['name,-id', ['B', 'x'], '("name" >= ? and (("name" > ?) or ("id" < ?)))', ['b', 'b', 'x']],
    ['attribute,id', [null, 'x'], '("attribute" is not null or ("attribute" is null and ("id" > ?)))', ['x']],
    ['-attribute,-id', [null, 'x'], '("attribute" is null and ("id" < ?))', ['x']],
  ])('after %s = %j', (sorters, values, text, parameters) => {
    const compiled = after(sortsOf(sorters), values, columns).compile(database);
    expect({ text: compiled.sql, parameters: compiled.parameters }).toEqual({ text, parameters });
  });

  test.each<[string, (Value | null)[], string]>([
    ['name,id', ['b', 'x'], 'SEARCH thing USING INDEX thing_name ((name,id)>(?,?))'],
    ['-name,-id', ['b', 'x'], 'SEARCH thing USING INDEX thing_name ((name,id)<(?,?))'],
    ['attribute,id', ['b', 'x'], 'SEARCH thing USING INDEX thing_attribute ((attribute,id)>(?,?))'],
    ['-attribute,-id', [null, 'x'], 'SEARCH thing USING INDEX thing_attribute (attribute=? AND id<?)'],
  ])('after %s = %j uses the index, without sorting', (sorters, values, plan) => {
    const sorts = sortsOf(sorters);
    const { sql: text, parameters } = sql`explain query plan select * from thing where ${after(sorts, values, columns)}
      order by ${orderBy(sorts, columns)} limit 250`.compile(database);
    const details = connection
      .prepare(text)
      .all(...parameters)
      .map((row) => (row as { detail: unknown }).detail);
    expect(details).toEqual([plan]);
  });

  test('throws a plain Error if the numbers of values and sorters differ', () => {
    expect(() => after(sortsOf('name,id'), ['a'], columns)).toThrow('There are 2 sorters but 1 values.');
  });
});
