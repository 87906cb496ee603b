import { describe, expect, test } from 'vitest';
import { resources } from '../../src/cli/remote/resource-nouns.ts';
import { operations } from '../../src/api/operations.ts';
import type { RecordTable } from '../../src/storage/resources/record-table.ts';
import { recordTables } from '../../src/storage/resources/record-tables.ts';
import { filesOf, root, textOf } from './repository.ts';

const ownFiles = (pattern: string): string[] => filesOf(pattern).filter((file) => !file.endsWith('.test.ts'));

/** What the files whose text matches export. */
async function exportsOf(pattern: string, text: RegExp): Promise<[name: string, value: unknown][]> {
  const files = ownFiles(pattern).filter((file) => text.test(textOf(file)));
  const modules = await Promise.all(files.map((file) => import(`${root}${file}`) as Promise<Record<string, unknown>>));
  return modules.flatMap((module) => Object.entries(module));
}

/** Tables with at most one row, whose operations read and replace it: they are handwritten. */
const settings = ['access_request_config'];
const plainTables = recordTables.filter(({ name }) => !settings.includes(name));

const names = (tables: readonly RecordTable[]): string[] => tables.map(({ name }) => name).toSorted();

describe('plain governance objects', () => {
  test('have their tables in record-tables.ts', async () => {
    const declared = (await exportsOf('src/storage/*/*.ts', /= recordTable\(/)).map(
      ([, table]) => table as RecordTable,
    );
    expect(names(declared)).toEqual(names(recordTables));
  });

  test('have rules, and one declaration in the API', async () => {
    const rules = (await exportsOf('src/domain/*/*.ts', /^export const \w+: Resource</m)) as [
      string,
      { readonly table: RecordTable },
    ][];
    expect(names(rules.map(([, { table }]) => table))).toEqual(names(plainTables));
    const apis = ownFiles('src/api/*/*.ts').flatMap((file) =>
      [...textOf(file).matchAll(/= resourceApi\(\{\s+resource: (\w+),/g)].map(([, name]) => name),
    );
    expect(apis.toSorted()).toEqual(rules.map(([name]) => name).toSorted());
  });

  test('have commands, which call operations that are served', () => {
    const called = resources.flatMap((resource) => Object.values(resource.operations));
    const served = operations.map(({ operationId }) => operationId);
    expect(called.filter((name) => !served.includes(name))).toEqual([]);
    expect(resources).toHaveLength(plainTables.length);
  });

  test('have names of their own in the change record', () => {
    const types = recordTables.map(({ objectType }) => objectType);
    expect(types).toEqual([...new Set(types)]);
  });
});
