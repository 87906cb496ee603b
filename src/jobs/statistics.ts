import type { Database } from '../storage/database.ts';
import type { JobKind } from './job-kind.ts';

/** Lets the database look at its data again, so that it chooses the right indexes. */
export function statistics(database: Database): JobKind {
  return {
    run: async () => {
      await database.refreshStatistics();
      return undefined;
    },
  };
}
