import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { describeStorage } from '../../tests/support/engines.ts';
import { migrate } from './migrate.ts';

describeStorage('database', (database) => {
  async function put(name: string, value: string): Promise<void> {
    await database().write(async (transaction) => {
      await transaction.query.insertInto('property').values({ name, value }).execute();
    });
  }
  async function get(name: string): Promise<string | undefined> {
    const row = await database()
      .keyed.query.selectFrom('property')
      .select('value')
      .where('name', '=', name)
      .executeTakeFirst();
    return row?.value;
  }

  test('committed rows are visible to keyed reads and to scans', async () => {
    await put('a', 'ä 😀');
    expect(await get('a')).toBe('ä 😀');
    const scanned = await database().scan.query.selectFrom('property').selectAll().where('name', '=', 'a').execute();
    expect(scanned).toEqual([{ name: 'a', value: 'ä 😀' }]);
  });

  test('an error rolls back its own write only', async () => {
    const outcomes = await Promise.allSettled([
      put('left', '1'),
      database().write(async (transaction) => {
        await transaction.query.insertInto('property').values({ name: 'middle', value: '2' }).execute();
        throw new Error('changed my mind');
      }),
      put('right', '3'),
    ]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect([await get('left'), await get('middle'), await get('right')]).toEqual(['1', undefined, '3']);
  });

  test('a failed statement is an error of its own write only', async () => {
    await put('taken', '1');
    const outcomes = await Promise.allSettled([put('taken', '2'), put('free', '3')]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'fulfilled']);
    expect([await get('taken'), await get('free')]).toEqual(['1', '3']);
  });

  test('a write rejects with its first error, although it did not wait for that statement', async () => {
    const outcome = database().write(async (transaction) => {
      await transaction.insertRows('property', [{ name: 'first', value: '1' }]);
      await transaction.insertRows('property', [{ name: 'twice', value: '1' }]);
      await transaction.insertRows('property', [
        { name: 'third', value: '1' },
        { name: 'twice', value: '2' },
      ]);
      await transaction.query.selectFrom('property').selectAll().execute();
      await transaction.insertRows('property', [{ name: 'last', value: '1' }]);
    });
    await expect(outcome).rejects.toThrow(/unique/i);
    expect([await get('first'), await get('twice'), await get('last')]).toEqual([undefined, undefined, undefined]);
  });

  test('a write rejects if its last statement fails', async () => {
    const twice = [
      { name: 'again', value: '1' },
      { name: 'again', value: '2' },
    ];
    await expect(database().write((transaction) => transaction.insertRows('property', twice))).rejects.toThrow(
      /unique/i,
    );
    await put('again', '3');
    expect(await get('again')).toBe('3');
  });

  test('a read during an open transaction sees only committed rows', async () => {
    let seen: string | undefined = 'not read';
    await database().write(async (transaction) => {
      await transaction.query.insertInto('property').values({ name: 'open', value: '1' }).execute();
      seen = await get('open');
    });
    expect(seen).toBeUndefined();
    expect(await get('open')).toBe('1');
  });

  test('migrating again changes nothing, and an edited migration is rejected', async () => {
    await migrate(database());
    await database().write(async (transaction) => {
      await sql`UPDATE migration SET hash = 'edited'`.execute(transaction.query);
    });
    await expect(migrate(database())).rejects.toThrow('never edited');
  });
});
