import { expect, test } from 'vitest';
import { describeStorage } from '../../tests/support/engines.ts';
import { prepared } from './prepared.ts';

describeStorage('prepared', (database) => {
  test('puts each value where it belongs, in every run, in whatever order they are given', async () => {
    const insert = prepared<{ name: string; value: string }, never>(({ query }, { name, value }) =>
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
