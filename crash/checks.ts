import { isDeepStrictEqual } from 'node:util';
import type { Api } from '../bench/server/api.ts';
import { invariants } from '../src/storage/invariants/invariants.ts';
import { findDamage } from '../src/storage/sqlite/database-file.ts';
import { checkEntitlements, checkMemberships, checkAccounts } from './check-catalogue.ts';
import { checkPatches } from './check-patches.ts';
import type { Load } from './loads.ts';
import type { Outcome } from './outcome.ts';

/** A condition that must be true after every round. */
export interface Check {
  readonly name: string;
  /** Returns descriptions of violations. */
  readonly run: (outcome: Outcome) => Promise<string[]>;
}

/** All checks in order: what clients see, orphaned files, the content of the database. */
export const checks: readonly Check[] = [
  { name: 'tasks end, with SUCCESS or the WARNING that their file requires', run: checkTasks },
  { name: 'the counts of tasks are right, however often they were interrupted', run: checkFigures },
  { name: 'entitlements match the files', run: checkEntitlements },
  { name: 'accounts match the files and belong to their identities', run: checkAccounts },
  { name: 'memberships match the files', run: checkMemberships },
  { name: 'acknowledged patches are applied, others completely or not at all', run: checkPatches },
  { name: 'no upload or scratch file is left', run: checkLeftOvers },
  { name: 'the database file is intact', run: checkFile },
  ...invariants.map(({ name, violations }) => ({
    name,
    run: ({ world }: Outcome): Promise<string[]> => world.inspect(violations),
  })),
];

interface TaskStatus {
  readonly completionStatus: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly messages: readonly { readonly localizedText?: { readonly message?: string } }[];
}

async function statusOf(api: Api, { taskId }: Load): Promise<TaskStatus> {
  return api.json('GET', `/v2025/task-status/${taskId}`);
}

async function checkTasks({ api, loads }: Outcome): Promise<string[]> {
  const found: string[] = [];
  for (const load of loads) {
    const { completionStatus, messages } = await statusOf(api, load);
    const expected = (load.figures['badRows'] ?? 0) > 0 ? 'WARNING' : 'SUCCESS';
    if (completionStatus !== expected) {
      found.push(
        `task ${load.taskId} ended with ${completionStatus}, not ${expected}: ${JSON.stringify(messages).slice(0, 400)}`,
      );
    }
  }
  return found;
}

async function checkFigures({ api, loads }: Outcome): Promise<string[]> {
  const found: string[] = [];
  for (const load of loads) {
    const { attributes } = await statusOf(api, load);
    const actual = Object.fromEntries(Object.keys(load.figures).map((name) => [name, attributes[name]]));
    if (!isDeepStrictEqual(actual, load.figures)) {
      found.push(`task ${load.taskId} says ${JSON.stringify(actual)}, not ${JSON.stringify(load.figures)}`);
    }
  }
  return found;
}

async function checkLeftOvers({ world }: Outcome): Promise<string[]> {
  const chunks = await world.inspect(({ query }) =>
    query.selectFrom('spool_chunk').select('file').distinct().execute(),
  );
  return [
    ...world.spool().map((file) => `spool/${file}`),
    ...chunks.map(({ file }) => `the upload ${file} in the database`),
  ];
}

async function checkFile({ world: { databaseUrl } }: Outcome): Promise<string[]> {
  // PostgreSQL is responsible for its own files.
  return databaseUrl.startsWith('sqlite:') ? findDamage(databaseUrl.slice('sqlite:'.length)) : [];
}
