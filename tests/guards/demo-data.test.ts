import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';

/** The accounts of a system in `demo/organisation.json`. */
interface DemoSystem {
  readonly name: string;
  readonly accountsFile: string;
  readonly owner: string;
  readonly accountSchema: {
    readonly identityAttribute: string;
    readonly displayAttribute: string;
    readonly attributes: readonly { readonly name: string }[];
  };
}

/** One source in `demo/organisation.json`, as far as these tests use it. */
interface DemoSource extends DemoSystem {
  readonly correlation: readonly { readonly property: string; readonly value: string }[];
  readonly entitlementOwners: Readonly<Record<string, string>>;
  readonly connector: string;
  readonly file: string;
  readonly accountSchemaLink: { readonly attribute: string };
  readonly schema: {
    readonly name: string;
    readonly identityAttribute: string;
    readonly displayAttribute: string;
    readonly hierarchyAttribute?: string;
    readonly includePermissions: boolean;
    readonly attributes: readonly {
      readonly name: string;
      readonly type: 'STRING' | 'LONG' | 'INT' | 'BOOLEAN';
      readonly isMulti: boolean;
    }[];
  };
}

type Row = Readonly<Record<string, string>>;

interface Table {
  readonly text: string;
  readonly header: readonly string[];
  readonly rows: readonly Row[];
}

const PEOPLE_HEADER = 'employeeId,userName,firstName,lastName,displayName,email,department,title,site,manager,status';
const MAX_TOTAL_BYTES = 600 * 1024;
const MAX_ACCOUNT_BYTES = 600 * 1024;

const organisation = JSON.parse(readDemoFile('organisation.json')) as {
  readonly people: DemoSystem;
  readonly sources: readonly DemoSource[];
};
const tables = new Map(organisation.sources.map((source) => [source.file, readTable(source.file)] as const));
const people = readTable('people.csv');

function readDemoFile(path: string): string {
  return readFileSync(new URL(`../../demo/${path}`, import.meta.url), 'utf8');
}

function readTable(path: string): Table {
  const text = readDemoFile(path);
  const [header = [], ...records] = parse(text) as string[][];
  const rows = records.map((cells) => Object.fromEntries(header.map((column, index) => [column, cells[index] ?? ''])));
  return { text, header, rows };
}

function tableOf(source: DemoSource): Table {
  const table = tables.get(source.file);
  if (table === undefined) throw new Error(`No table was read for ${source.file}.`);
  return table;
}

function cell(row: Row, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`The row has no column "${column}".`);
  return value;
}

/** Groups rows by key, in file order. */
function rowsByKey(source: DemoSource): Map<string, Row[]> {
  const objects = new Map<string, Row[]>();
  for (const row of tableOf(source).rows) {
    const key = cell(row, source.schema.identityAttribute);
    const rows = objects.get(key);
    if (rows === undefined) objects.set(key, [row]);
    else rows.push(row);
  }
  return objects;
}

/** Values that look like a number or a date, which would make examples ambiguous. */
function ambiguousValues(table: Table): string[] {
  const values = new Set(table.rows.flatMap((row) => Object.values(row)));
  return [...values].filter((value) => /\d$/.test(value) || !Number.isNaN(Date.parse(value)));
}

function duplicates(values: readonly string[]): string[] {
  const seen = new Set<string>();
  const repeated: string[] = [];
  for (const value of values) {
    const folded = value.normalize('NFKC').toLowerCase();
    if (seen.has(folded)) repeated.push(value);
    seen.add(folded);
  }
  return repeated;
}

/** Parents of every key, for a hierarchy column or the managers of people. */
function parentsOf(rows: readonly Row[], keyColumn: string, parentColumn: string): Map<string, string[]> {
  const parents = new Map<string, string[]>();
  for (const row of rows) {
    const list = parents.get(cell(row, keyColumn)) ?? [];
    const parent = cell(row, parentColumn);
    if (parent !== '') list.push(parent);
    parents.set(cell(row, keyColumn), list);
  }
  return parents;
}

/** Returns the depth of a key below its furthest root, 1 for a root. Throws on a cycle or an unknown parent. */
function levelsAbove(
  key: string,
  parents: ReadonlyMap<string, readonly string[]>,
  path: readonly string[] = [],
): number {
  if (path.includes(key)) throw new Error(`Cycle: ${[...path, key].join(' -> ')}`);
  const above = parents.get(key);
  if (above === undefined) throw new Error(`"${key}" is named as a parent but is not in the file.`);
  return 1 + Math.max(0, ...above.map((parent) => levelsAbove(parent, parents, [...path, key])));
}

describe.each(organisation.sources)('the demo source $name', (source) => {
  const table = tableOf(source);
  const objects = rowsByKey(source);
  const { schema } = source;

  test('has the header of its schema, and the schema names its own attributes', () => {
    const columns = schema.attributes.map((attribute) => attribute.name);
    expect(table.header).toEqual(columns);
    expect(columns).toContain(schema.identityAttribute);
    expect(columns).toContain(schema.displayAttribute);
    if (schema.hierarchyAttribute !== undefined) expect(columns).toContain(schema.hierarchyAttribute);
    expect(source.connector).toBe('delimited-file-angularsc');
    expect(source.accountSchemaLink.attribute).not.toBe('');
  });

  test('is UTF-8 without BOM, with LF line ends', () => {
    expect(table.text.startsWith('\uFEFF')).toBe(false);
    expect(table.text).not.toMatch(/\r|\uFFFD/);
    expect(table.text.endsWith('\n')).toBe(true);
  });

  test('has a key, a unique name and one value per single-valued column for every object', () => {
    const names = [...objects.values()].map((rows) => cell(rows[0] ?? {}, schema.displayAttribute));
    expect([...objects.keys(), ...names]).not.toContain('');
    expect(duplicates([...objects.keys()])).toEqual([]);
    expect(duplicates(names)).toEqual([]);
    const single = schema.attributes.filter((attribute) => !attribute.isMulti);
    const contradictions = [...objects].filter(([, rows]) =>
      single.some(({ name }) => new Set(rows.map((row) => cell(row, name))).size > 1),
    );
    expect(contradictions.map(([key]) => key)).toEqual([]);
  });

  test('repeats no row and has true or false in BOOLEAN columns', () => {
    expect(duplicates(table.rows.map((row) => JSON.stringify(row)))).toEqual([]);
    for (const { name } of schema.attributes.filter(({ type }) => type === 'BOOLEAN')) {
      expect(new Set(table.rows.map((row) => cell(row, name)))).toEqual(new Set(['true', 'false']));
    }
  });

  test('has no value that ends in a digit or parses as a date', () => {
    expect(ambiguousValues(table)).toEqual([]);
  });

  test('has some empty descriptions, but few', () => {
    const empty = [...objects.values()].filter((rows) => cell(rows[0] ?? {}, 'description') === '');
    expect(empty.length / objects.size).toBeGreaterThan(0.1);
    expect(empty.length / objects.size).toBeLessThan(0.2);
  });
});

describe.each(organisation.sources)('the accounts of the demo source $name', (source) => {
  const table = readTable(source.accountsFile);
  const { identityAttribute, displayAttribute, attributes } = source.accountSchema;
  const link = source.accountSchemaLink.attribute;

  test('have the header of their schema, with its link last', () => {
    const columns = attributes.map(({ name }) => name);
    expect(table.header).toEqual([...columns, link]);
    expect(columns).toContain(identityAttribute);
    expect(columns).toContain(displayAttribute);
    expect(table.text).not.toMatch(/\r|\uFFFD/);
    expect(Buffer.byteLength(table.text)).toBeLessThan(MAX_ACCOUNT_BYTES / 2);
  });

  test('have adjacent rows, no duplicate entitlements, and no contradictions', () => {
    const keys = table.rows.map((row) => cell(row, identityAttribute));
    expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
    expect(duplicates([...new Set(keys)])).toEqual([]);
    expect(duplicates(table.rows.map((row) => JSON.stringify(row)))).toEqual([]);
    const single = new Set(table.rows.map((row) => JSON.stringify(attributes.map(({ name }) => cell(row, name)))));
    expect(single.size).toBe(new Set(keys).size);
  });

  test('hold entitlements of the source, and nearly all of these are held', () => {
    const held = new Set(table.rows.map((row) => cell(row, link)));
    const known = rowsByKey(source);
    expect([...held].filter((value) => !known.has(value))).toEqual([]);
    expect(held.size / known.size).toBeGreaterThan(0.5);
  });

  test('have no value that ends in a digit or parses as a date', () => {
    expect(ambiguousValues(table)).toEqual([]);
  });

  test('are correlated by the configuration of the source, except for some', () => {
    const columns: Readonly<Record<string, string>> = { alias: 'userName', email: 'email', employeeId: 'employeeId' };
    const [{ property, value } = { property: '', value: '' }] = source.correlation;
    const known = new Set(people.rows.map((row) => cell(row, columns[property] ?? '').toLowerCase()));
    const keys = new Map(table.rows.map((row) => [cell(row, identityAttribute), cell(row, value).toLowerCase()]));
    const found = [...keys.values()].filter((key) => known.has(key));
    expect(new Set(found).size).toBeGreaterThan(150);
    expect(keys.size - found.length).toBeGreaterThan(300);
  });

  test('and entitlements are owned by people of the organisation', () => {
    const aliases = new Set(people.rows.map((row) => cell(row, 'userName')));
    expect([source.owner, ...Object.values(source.entitlementOwners)].filter((alias) => !aliases.has(alias))).toEqual(
      [],
    );
    const known = rowsByKey(source);
    expect(Object.keys(source.entitlementOwners).filter((value) => !known.has(value))).toEqual([]);
  });
});

describe('the demo files by kind', () => {
  test('group memberships nest at least four levels deep, without cycles or unknown parents', () => {
    const nested = organisation.sources.filter(({ schema }) => schema.hierarchyAttribute !== undefined);
    expect(nested.map(({ schema }) => schema.name)).toEqual(['group']);
    for (const source of nested) {
      const { identityAttribute, hierarchyAttribute = '' } = source.schema;
      const parents = parentsOf(tableOf(source).rows, identityAttribute, hierarchyAttribute);
      const levels = [...parents.keys()].map((key) => levelsAbove(key, parents));
      expect(Math.max(...levels)).toBeGreaterThanOrEqual(4);
      expect(new Set([...parents.values()].flat()).size).toBeGreaterThanOrEqual(60);
      expect([...parents.values()].filter((list) => list.length > 1).length).toBeGreaterThan(20);
    }
  });

  test('permissions are written as TARGET|RIGHT,RIGHT', () => {
    const permitted = organisation.sources.filter(({ schema }) => schema.includePermissions);
    expect(permitted.map(({ schema }) => schema.name)).toEqual(['policy']);
    for (const row of permitted.flatMap((source) => tableOf(source).rows)) {
      expect(cell(row, 'permissions')).toMatch(/^[^|,]+\|[a-z.*-]+(,[a-z.*-]+)*$/);
    }
  });
});

describe('the demo organisation', () => {
  test('has over a thousand entitlements in less than 600 KB', () => {
    const counts = organisation.sources.map((source) => rowsByKey(source).size);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(1000);
    const texts = [...tables.values(), people].map((table) => table.text);
    const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    expect(bytes).toBeLessThan(MAX_TOTAL_BYTES);
  });

  test('has over two thousand accounts in less than 600 KB', () => {
    const files = organisation.sources.map((source) => ({ source, table: readTable(source.accountsFile) }));
    const accounts = files.map(
      ({ source, table }) => new Set(table.rows.map((row) => cell(row, source.accountSchema.identityAttribute))).size,
    );
    expect(accounts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(2000);
    const bytes = files.reduce((sum, { table }) => sum + Buffer.byteLength(table.text), 0);
    expect(bytes).toBeLessThan(MAX_ACCOUNT_BYTES);
  });

  test('has 200 people under one chief, with unique user names of letters and dots', () => {
    expect(people.header.join(',')).toBe(PEOPLE_HEADER);
    expect(organisation.people.accountSchema.attributes.map(({ name }) => name).join(',')).toBe(PEOPLE_HEADER);
    expect(organisation.people.accountsFile).toBe('people.csv');
    expect(people.rows).toHaveLength(200);
    for (const column of ['employeeId', 'userName', 'displayName', 'email']) {
      expect(duplicates(people.rows.map((row) => cell(row, column)))).toEqual([]);
    }
    for (const row of people.rows) expect(cell(row, 'userName')).toMatch(/^[a-z]+(\.[a-z]+)+$/);
    expect(ambiguousValues(people)).toEqual([]);
    expect(people.text).not.toContain('\r');

    const managers = parentsOf(people.rows, 'userName', 'manager');
    for (const key of managers.keys()) levelsAbove(key, managers);
    expect([...managers.values()].filter((list) => list.length === 0)).toHaveLength(1);
  });
});
