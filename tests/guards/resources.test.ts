import { describe, expect, test } from 'vitest';
import type { ResourceApi } from '../../src/api/resources/resource-api.ts';
import type { RecordTable } from '../../src/storage/resources/record-table.ts';
import { recordTables } from '../../src/storage/resources/record-tables.ts';
import { filesOf, root, textOf } from './repository.ts';

/** What the files of a layer export that looks like this. */
async function exported<T>(pattern: string, maker: RegExp, looksRight: (value: object) => boolean): Promise<T[]> {
  const files = filesOf(pattern).filter((file) => !file.endsWith('.test.ts') && maker.test(textOf(file)));
  const modules = await Promise.all(files.map((file) => import(`${root}${file}`) as Promise<Record<string, unknown>>));
  return modules
    .flatMap((module) => Object.values(module))
    .filter((value) => typeof value === 'object' && value !== null && looksRight(value)) as T[];
}

describe('plain governance objects', () => {
  test('have their tables in record-tables.ts', async () => {
    const declared = await exported<RecordTable>(
      'src/storage/*/*.ts',
      /= recordTable\(/,
      (value) => 'objectType' in value && 'columns' in value,
    );
    expect(declared.map(({ name }) => name).toSorted()).toEqual(recordTables.map(({ name }) => name).toSorted());
  });

  test('are in the API, each once', async () => {
    const apis = await exported<ResourceApi>(
      'src/api/*/*.ts',
      /= resourceApi\(/,
      (value) => 'resource' in value && 'patchable' in value,
    );
    const served = apis.map(({ resource }) => resource.table.name);
    expect(served.toSorted()).toEqual(recordTables.map(({ name }) => name).toSorted());
  });

  test('have names of their own in the change record', () => {
    const types = recordTables.map(({ objectType }) => objectType);
    expect(types).toEqual([...new Set(types)]);
  });
});
