import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { postgresDialect, sqliteDialect } from '../../src/storage/dialect.ts';
import { migrationHash } from '../../src/storage/migrations/migration.ts';
import { migrations } from '../../src/storage/migrations/index.ts';
import hashes from '../../src/storage/migrations/hashes.json' with { type: 'json' };
import { columnName, foldedColumnName, type RecordTable } from '../../src/storage/resources/record-table.ts';
import { recordTables } from '../../src/storage/resources/record-tables.ts';
import { describeStorage } from '../support/engines.ts';
import { filesOf, textOf } from './repository.ts';

const released: Readonly<Record<string, { readonly sqlite: string; readonly postgres: string }>> = hashes;

describe('migrations', () => {
  test('are all listed, in numerical order', () => {
    const files = filesOf('src/storage/migrations/[0-9]*.ts').map((file) => file.replace(/^.*\/|\.ts$/g, ''));
    expect(migrations.map(({ name }) => name)).toEqual(files);
    expect(files.map((name) => name.slice(0, 4))).toEqual(files.map((_, index) => String(index + 1).padStart(4, '0')));
  });

  test('never change after their release', () => {
    const names = Object.keys(released);
    expect(migrations.slice(0, names.length).map(({ name }) => name)).toEqual(names);
    for (const migration of migrations.slice(0, names.length)) {
      expect({ [migration.name]: released[migration.name] }).toEqual({
        [migration.name]: {
          sqlite: migrationHash(migration, sqliteDialect),
          postgres: migrationHash(migration, postgresDialect),
        },
      });
    }
  });
});

/** A column, as both declarations describe it. */
interface Column {
  readonly name: string;
  readonly type: 'text' | 'integer';
  readonly nullable: boolean;
}

/** Returns the tables declared in src/storage/tables.ts and src/storage/resources/record-tables.ts. */
function declaredTables(): Record<string, Column[]> {
  const source = textOf('src/storage/tables.ts');
  const tables: Record<string, Column[]> = {};
  for (const [, table = '', type = ''] of source.matchAll(/^ {2}(\w+): (\w+Table);$/gm)) {
    const body = new RegExp(`interface ${type} \\{\n([^}]*)\\}`).exec(source)?.[1] ?? '';
    tables[table] = [...body.matchAll(/^ {2}(\w+): ([^;]+);$/gm)].map(([, name = '', declared = '']) => ({
      name,
      type: /\b(number|Flag)\b/.test(declared) ? 'integer' : 'text',
      nullable: declared.includes('null'),
    }));
  }
  for (const table of recordTables) {
    tables[table.name] = columnsOf(table);
  }
  return tables;
}

/** The columns of a table that `recordTable` declares, in the order in which migrations make them. */
function columnsOf(table: RecordTable): Column[] {
  const head = (name: string, type: Column['type']): Column => ({ name, type, nullable: false });
  return [
    head('id', 'text'),
    ...Object.entries(table.columns).flatMap(([field, { kind, isOptional }]): Column[] => {
      const folded = foldedColumnName(table, field);
      const type = kind === 'flag' || kind === 'time' ? 'integer' : 'text';
      return [
        { name: columnName(table, field), type, nullable: isOptional },
        ...(folded === undefined ? [] : [{ name: folded, type: 'text', nullable: isOptional } as const]),
      ];
    }),
    ...['created', 'modified', 'version'].map((name) => head(name, 'integer')),
  ];
}

describeStorage('src/storage/tables.ts and record-tables.ts', (database) => {
  test('have the columns of the migrated database', async () => {
    const { query, dialect } = database().keyed;
    const { rows } = await (
      dialect.name === 'sqlite'
        ? sql<{ table: string; name: string; type: string; nullable: number }>`
            SELECT m.name AS "table", c.name AS name, c.type AS type,
              CASE WHEN c."notnull" = 1 OR c.pk > 0 THEN 0 ELSE 1 END AS nullable
            FROM sqlite_master m, pragma_table_info(m.name) c
            WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, c.cid`
        : sql<{ table: string; name: string; type: string; nullable: number }>`
            SELECT table_name AS "table", column_name AS name, data_type AS type,
              CASE WHEN is_nullable = 'YES' THEN 1 ELSE 0 END AS nullable
            FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position`
    ).execute(query);
    const actual: Record<string, Column[]> = {};
    for (const { table, name, type, nullable } of rows) {
      (actual[table] ??= []).push({ name, type: /int/i.test(type) ? 'integer' : 'text', nullable: nullable === 1 });
    }
    delete actual['migration'];
    const declared = declaredTables();
    expect(Object.keys(declared).toSorted()).toEqual(Object.keys(actual).toSorted());
    for (const table of Object.keys(actual)) {
      expect({ [table]: declared[table] }).toEqual({ [table]: actual[table] });
    }
  });
});
