import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { describeOnPostgres, describeStorage } from '../../tests/support/engines.ts';
import type { Transaction } from './database.ts';
import { openDatabase } from './open-database.ts';

const property = (name: string) => async (transaction: Transaction) => {
  await transaction.insertRows('property', [{ name, value: '1' }]);
};

describeStorage('batches of a task', (database) => {
  async function names(): Promise<string[]> {
    const rows = await database()
      .keyed.query.selectFrom('property')
      .select('name')
      .where('name', 'like', 'test-%')
      .orderBy('name')
      .execute();
    return rows.map(({ name }) => name);
  }

  test('are atomic, and keep their order with concurrent writes', async () => {
    const failing = database().writeBatch(async (transaction) => {
      await property('test-lost')(transaction);
      throw new Error('on purpose');
    });
    const after = database().write(property('test-b'));
    await expect(failing).rejects.toThrow('on purpose');
    await after;
    await database().writeBatch(property('test-a'));
    expect(await names()).toEqual(['test-a', 'test-b']);
  });

  test('return the result of their work', async () => {
    expect(await database().writeBatch(async () => 42)).toBe(42);
  });
});

describeOnPostgres('batches of a task', (make) => {
  async function waitsForTheDisk(transaction: Transaction): Promise<boolean> {
    const { rows } = await sql<{ level: string }>`SELECT current_setting('synchronous_commit') AS level`.execute(
      transaction.query,
    );
    return rows[0]?.level !== 'off';
  }

  test('do not wait for the disk, unlike writes', async () => {
    const empty = await make();
    const database = await openDatabase({ url: empty.url, readers: 0 });
    try {
      const waits = [
        await database.write(waitsForTheDisk),
        await database.writeBatch(waitsForTheDisk),
        // On the same connection, as no other is in use: the setting ended with its transaction.
        await database.write(waitsForTheDisk),
      ];
      expect(waits).toEqual([true, false, true]);
      expect(await database.keyed.run('SHOW synchronous_commit', [])).toEqual([{ synchronous_commit: 'on' }]);
    } finally {
      await database.close();
      await empty.remove();
    }
  });
});
