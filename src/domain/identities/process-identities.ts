import { accountsWithKeys, lockCorrelation, matchesOf } from '../../storage/identities/correlation.ts';
import type { Database, Transaction } from '../../storage/database.ts';
import { findAttributes, type Pair } from '../../storage/identities/identity-attributes.ts';
import { correlatedAccountsOf, lockIdentities, setLastRefresh } from '../../storage/identities/identity-changes.ts';
import { withAccount, withoutAccount } from '../../storage/identities/identity-record.ts';
import { addTaskProblems } from '../../storage/tasks/task-problems.ts';
import { type Task, type TaskMessage, updateTask } from '../../storage/tasks/tasks.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { correlateAccounts, correlationBatch, recorrelate } from './correlate.ts';
import { findManagers, type IdentityEdit, saveIdentities } from './save-identities.ts';
import { accountDataOf } from './winning-account.ts';

/** The parameters of the task. */
export interface IdentityRefreshParameters {
  /** Sorted, without duplicates. */
  readonly identityIds: readonly string[];
  /** The id of the last identity that was processed. */
  readonly after?: string;
}

/** The counts of the task. */
interface Counts {
  readonly total: number;
  readonly updated: number;
  readonly failed: number;
}

/** How many identities one transaction processes, so that other writers can run in between. */
const batchSize = 25;

/**
 * Processes identities again: their attributes from their authoritative accounts, their managers, and the correlation of
 * the accounts that are theirs or match them. Normally that is up to date and nothing changes. Ids without an identity
 * become problems of the task. A repeated call continues.
 * @param signal aborts between two transactions
 * @throws TaskLost
 */
export async function processIdentities(database: Database, task: Task, signal: AbortSignal): Promise<void> {
  const { identityIds, after: start } = task.parameters as unknown as IdentityRefreshParameters;
  const context = { actorId: task.actorId, clientId: task.clientId, taskId: task.id, trackingId: task.trackingId };
  const left = identityIds.filter((id) => id > (start ?? ''));
  let counts: Counts = { total: 0, updated: 0, failed: 0, ...task.attributes };
  let { messages } = task;
  for (let first = 0; first < left.length; first += batchSize) {
    signal.throwIfAborted();
    const batch = left.slice(first, first + batchSize);
    const done = await database.write(async (transaction) => {
      const now = Date.now();
      const { updated, unknown } = await processBatch(transaction, batch, context, now);
      const problems = unknown.map((id) => `There is no identity with id "${id}".`);
      const attributes: Counts = {
        total: counts.total + batch.length,
        updated: counts.updated + updated,
        failed: counts.failed + problems.length,
      };
      await addTaskProblems(transaction, task.id, counts.failed, problems);
      const shown = [...messages, ...problems.map(warning)];
      const parameters = { identityIds, after: batch.at(-1) ?? '' };
      const progress = `Processing: ${attributes.total} identities`;
      await updateTask(
        transaction,
        task,
        { attributes: { ...attributes }, messages: shown, parameters, progress },
        now,
      );
      return { attributes, shown };
    });
    counts = done.attributes;
    messages = done.shown;
  }
  await database.write(async (transaction) => {
    const now = Date.now();
    const end = {
      attributes: { ...counts },
      progress: 'Completed',
      percentComplete: 100,
      completionStatus: counts.failed > 0 ? ('WARNING' as const) : ('SUCCESS' as const),
      completed: now,
    };
    await updateTask(transaction, task, end, now);
  });
}

function warning(text: string): TaskMessage {
  return { type: 'WARN', key: 'unknown_identity', text };
}

async function processBatch(
  transaction: Transaction,
  ids: readonly string[],
  context: ChangeContext,
  now: number,
): Promise<{ updated: number; unknown: string[] }> {
  await lockCorrelation(transaction, 'identities');
  const held = await lockIdentities(transaction, ids);
  const known = held.map(({ row }) => row.id);
  const data = await accountDataOf(transaction, known);
  const edits = held.map(({ row }): IdentityEdit => {
    const account = data.get(row.id);
    if (account !== undefined) {
      return { before: row, after: withAccount(row, account.truth), nativeIdentity: account.nativeIdentity };
    }
    return { before: row, after: row.account_id === null ? row : withoutAccount(row), nativeIdentity: null };
  });
  const updated = await saveIdentities(transaction, edits, context, now);
  await findManagers(transaction, known, context, now);
  for (const id of known) {
    await correlateAccountsOf(transaction, id, context, now);
  }
  await correlateMatching(transaction, known, context, now);
  await setLastRefresh(transaction, known, now);
  return { updated, unknown: ids.filter((id) => !known.includes(id)) };
}

/** Correlates the accounts of an identity again. Those of authoritative sources are what the identity is made of. */
async function correlateAccountsOf(
  transaction: Transaction,
  identityId: string,
  context: ChangeContext,
  now: number,
): Promise<void> {
  for (let after: string | undefined = ''; after !== undefined;) {
    const found = await correlatedAccountsOf(transaction, identityId, after, correlationBatch);
    const accounts = found.map((account) => ({
      ...account,
      name: account.name ?? account.nativeIdentity,
      attributes: JSON.parse(account.attributes) as Record<string, unknown>,
      isNew: false,
    }));
    for (const [sourceId, ofSource] of Map.groupBy(accounts, (account) => account.sourceId)) {
      await correlateAccounts(transaction, { id: sourceId }, ofSource, context, now);
    }
    after = found.length < correlationBatch ? undefined : found.at(-1)?.id;
  }
}

/** Correlates the accounts with a key that only one of these identities matches. */
async function correlateMatching(
  transaction: Transaction,
  identityIds: readonly string[],
  context: ChangeContext,
  now: number,
): Promise<void> {
  const attributes = await findAttributes(transaction, identityIds);
  const pairs: Pair[] = [...attributes.values()].flatMap((values) =>
    [...values].map(([property, value]) => ({ property, value })),
  );
  const matches = await matchesOf(transaction, pairs);
  const own = pairs.filter((_, index) => matches[index] !== null);
  await recorrelate(transaction, await accountsWithKeys(transaction, own), context, now);
}
