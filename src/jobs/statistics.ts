import type { Database } from '../storage/database.ts';
import type { JobKind } from './job-kind.ts';

/** Returns the job kind that refreshes the planner statistics of the database, so that it chooses the right indexes. */
export function statistics(database: Database): JobKind {
  return {
    run: async () => {
      await database.refreshStatistics();
      return undefined;
    },
  };
}
