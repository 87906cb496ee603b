import { expect, test, vi } from 'vitest';
import { describeOnEngines, describeOnPostgres } from '../../tests/support/engines.ts';
import { openDatabase } from './open-database.ts';

describeOnEngines('notifications', (make) => {
  test('reach listeners on this and other servers once the transaction is committed', async () => {
    const empty = await make();
    const database = await openDatabase({ url: empty.url, readers: 0 });
    // Of another server, or, on SQLite, of another thread.
    const other = await openDatabase({ url: empty.url, readers: 0, shared: database.shared });
    const listener = vi.fn<() => void>();
    await database.listen('jobs', listener);

    const committing = Promise.withResolvers<void>();
    const written = other.write(async (transaction) => {
      await transaction.notify('jobs');
      await committing.promise;
    });
    await database.keyed.run('SELECT 1', []);
    expect(listener).not.toHaveBeenCalled();
    committing.resolve();
    await written;
    await expect.poll(() => listener.mock.calls.length).toBeGreaterThan(0);

    await database.write((transaction) => transaction.notify('jobs'));
    await expect.poll(() => listener.mock.calls.length).toBeGreaterThan(1);
    await other.close();
    await database.close();
    await empty.remove();
  });
});

describeOnPostgres('notifications', (make) => {
  test('that may be lost with a connection are delivered after it is reestablished', async () => {
    const empty = await make();
    const database = await openDatabase({ url: empty.url, readers: 0 });
    const other = await openDatabase({ url: empty.url, readers: 0 });
    const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
    try {
      const listener = vi.fn<() => void>();
      await database.listen('jobs', listener);
      await other.keyed.run(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND query LIKE 'LISTEN %'`,
        [],
      );
      await other.write((transaction) => transaction.notify('jobs'));
      await expect.poll(() => listener.mock.calls.length, { timeout: 10_000 }).toBeGreaterThan(0);
      const { length } = listener.mock.calls;
      await other.write((transaction) => transaction.notify('jobs'));
      await expect.poll(() => listener.mock.calls.length).toBe(length + 1);
    } finally {
      warned.mockRestore();
      await other.close();
      await database.close();
      await empty.remove();
    }
  });
});
