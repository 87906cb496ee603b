import { expect, test } from 'vitest';
import { describeStorage } from '../../tests/support/engines.ts';
import type { Transaction } from './database.ts';

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

  test('are whole or not there, and writes beside them keep their order', async () => {
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

  test('give back what their work gives', async () => {
    expect(await database().writeBatch(async () => 42)).toBe(42);
  });
});
