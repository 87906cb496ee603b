import { expect, test } from 'vitest';
import { describeOnPostgres } from '../../../tests/support/engines.ts';
import type { Database } from '../database.ts';
import { migrate } from '../migrate.ts';
import { openDatabase } from '../open-database.ts';

describeOnPostgres('statistics', (make) => {
  let next = 0;
  function rows(count: number): { name: string; value: string }[] {
    return Array.from({ length: count }, () => ({ name: `name-${(next += 1)}`, value: '1'.repeat(100) }));
  }
  async function estimatedRows(database: Database): Promise<number> {
    const [row] = await database.keyed.run<{ rows: number }>(
      `SELECT reltuples AS rows FROM pg_class WHERE relname = 'property'`,
      [],
    );
    return row?.rows ?? Number.NaN;
  }

  test('are refreshed for tables that grew by half, by 2 MB, or during a task to five times their size', async () => {
    const empty = await make();
    const database = await openDatabase({ url: empty.url, readers: 0 });
    // Every server sees the growth.
    const other = await openDatabase({ url: empty.url, readers: 0 });
    try {
      await migrate(database);
      const add = (kind: 'write' | 'writeBatch', count: number) =>
        database[kind]((transaction) => transaction.insertRows('property', rows(count)));
      await add('write', 1000);
      await other.refreshStatistics();
      const before = await estimatedRows(database);
      expect(before).toBeGreaterThanOrEqual(1000);

      await add('write', 300);
      await other.refreshStatistics();
      expect(await estimatedRows(database)).toBe(before);
      await add('write', 300);
      await other.refreshStatistics();
      expect(await estimatedRows(database)).toBe(before + 600);

      await add('writeBatch', 48_000);
      expect(await estimatedRows(database)).toBe(before + 600);
      await add('writeBatch', 1000);
      expect(await estimatedRows(database)).toBe(before + 49_600);

      await add('write', 10_000);
      await other.refreshStatistics();
      expect(await estimatedRows(database)).toBe(before + 49_600);
      await add('write', 10_000);
      await other.refreshStatistics();
      expect(await estimatedRows(database)).toBe(before + 69_600);
    } finally {
      await other.close();
      await database.close();
      await empty.remove();
    }
  });
});
