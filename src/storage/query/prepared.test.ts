import { expect, test } from 'vitest';
import { describeOnPostgres, describeStorage } from '../../../tests/support/engines.ts';
import { openDatabase } from '../open-database.ts';
import { prepared, preparedWrite } from './prepared.ts';

describeStorage('prepared', (database) => {
  test('binds each value to its parameter in every run, in any order', async () => {
    const insert = preparedWrite<{ name: string; value: string }>(({ query }, { name, value }) =>
      query.insertInto('property').values({ value, name }),
    );
    const find = prepared<{ name: string; other: string }, { name: string; value: string }>(
      ({ query }, { name, other }) =>
        query
          .selectFrom('property')
          .select(['name', 'value'])
          .where('value', '<>', 'a constant')
          .where('name', 'in', [name, other])
          .orderBy('name'),
    );
    await database().write(async (transaction) => {
      await insert(transaction, { name: 'x', value: '1' });
      await insert(transaction, { value: '2', name: 'y' });
      await insert(transaction, { value: 'a constant', name: 'z' });
    });
    const { keyed, scan } = database();
    expect(await find(keyed, { name: 'x', other: 'z' })).toEqual([{ name: 'x', value: '1' }]);
    expect(await find(scan, { other: 'y', name: 'x' })).toEqual([
      { name: 'x', value: '1' },
      { name: 'y', value: '2' },
    ]);
  });
});

describeOnPostgres('prepared', (make) => {
  test('is parsed once on each connection', async () => {
    const empty = await make();
    const database = await openDatabase({ url: empty.url, readers: 0 });
    try {
      for (const number of [1, 2, 3]) {
        await database.keyed.run('SELECT $1::integer', [number]);
      }
      const kept = await database.keyed.run(
        `SELECT generic_plans + custom_plans AS runs FROM pg_prepared_statements WHERE statement = 'SELECT $1::integer'`,
        [],
      );
      expect(kept).toEqual([{ runs: 3 }]);
    } finally {
      await database.close();
      await empty.remove();
    }
  });
});
