import { expect, test } from 'vitest';
import { describeOnEngines } from '../../tests/support/engines.ts';
import { migrate } from '../storage/migrate.ts';
import { openDatabase } from '../storage/open-database.ts';
import { prepareOnce } from './preparation.ts';

describeOnEngines('the preparation of a database', (make) => {
  test('is repeated until it succeeds, and then never again', async () => {
    const empty = await make();
    const database = await openDatabase({ url: empty.url, readers: 1 });
    try {
      await migrate(database);
      const outcomes: (Error | undefined)[] = [new Error('Interrupted.'), undefined, new Error('Again.')];
      let calls = 0;
      const prepare = async (): Promise<void> => {
        const outcome = outcomes[calls++];
        if (outcome !== undefined) {
          throw outcome;
        }
      };
      await expect(prepareOnce(database, prepare)).rejects.toThrow('Interrupted.');
      await prepareOnce(database, prepare);
      await prepareOnce(database, prepare);
      expect(calls).toBe(2);
    } finally {
      await database.close();
      await empty.remove();
    }
  });
});
