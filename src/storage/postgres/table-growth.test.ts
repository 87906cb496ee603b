import { expect, test } from 'vitest';
import { describeOnPostgres } from '../../../tests/support/engines.ts';
import type { Database } from '../database.ts';
import { migrate } from '../migrate.ts';
import { openDatabase } from '../open-database.ts';

describeOnPostgres('statistics', (make) => {
  let next = 0;
  function rows(count: number): { name: string; value: string }[] {
    return Array.from({ length: count }, () => ({ name: `name-${(next += 1)}`, value: '1' }));
  }
  async function believed(database: Database): Promise<number> {
    const [row] = await database.keyed.run<{ rows: number }>(
      `SELECT reltuples AS rows FROM pg_class WHERE relname = 'property'`,
      [],
    );
    return row?.rows ?? Number.NaN;
  }

  test('are refreshed of tables that have grown by half, and amid a task of those that are five times as large', async () => {
    const empty = await make();
    const database = await openDatabase({ url: empty.url, readers: 0 });
    try {
      await migrate(database);
      const add = (count: number) => (kind: 'write' | 'writeBatch') =>
        database[kind]((transaction) => transaction.insertRows('property', rows(count)));
      await add(1000)('write');
      await database.refreshStatistics();
      const before = await believed(database);
      expect(before).toBeGreaterThanOrEqual(1000);

      await add(400)('write');
      await database.refreshStatistics();
      expect(await believed(database)).toBe(before);
      await add(110)('write');
      await database.refreshStatistics();
      expect(await believed(database)).toBe(before + 510);

      await add(49_000)('writeBatch');
      expect(await believed(database)).toBe(before + 510);
      await add(1000)('writeBatch');
      expect(await believed(database)).toBe(before + 50_510);
    } finally {
      await database.close();
      await empty.remove();
    }
  });
});
