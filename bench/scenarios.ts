import type { Scenario } from './scenario.ts';
import { connections } from './scenarios/connections.ts';
import { bulkUpdate } from './scenarios/bulk-update.ts';
import { count } from './scenarios/count.ts';
import { deepPages } from './scenarios/deep-pages.ts';
import { getById } from './scenarios/get-by-id.ts';
import { importAccounts } from './scenarios/import-accounts.ts';
import { importAgain } from './scenarios/import-again.ts';
import { importNew } from './scenarios/import-new.ts';
import { listBySource } from './scenarios/list-by-source.ts';
import { patch } from './scenarios/patch.ts';
import { readAll } from './scenarios/read-all.ts';
import { reset } from './scenarios/reset.ts';
import { segmentedList } from './scenarios/segmented-list.ts';
import { servingMemory } from './scenarios/serving-memory.ts';
import { start } from './scenarios/start.ts';
import { whileImporting } from './scenarios/while-importing.ts';
import { worstFilter } from './scenarios/worst-filter.ts';

/** All scenarios in the order of the table. Read-only ones come before those that change the working copy. */
export const scenarios: readonly Scenario[] = [
  getById,
  listBySource,
  deepPages,
  count,
  worstFilter,
  readAll,
  servingMemory,
  start,
  patch,
  bulkUpdate,
  segmentedList,
  importNew,
  importAgain,
  importAccounts,
  reset,
  connections,
  whileImporting,
];
