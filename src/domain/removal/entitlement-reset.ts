import { setImmediate as nextTick } from 'node:timers/promises';
import { accountsAfter, unlinkAccounts } from '../../storage/accounts/account-links.ts';
import type { Database, Transaction } from '../../storage/database.ts';
import { countEntitlementsOfSource } from '../../storage/sources/source-data.ts';
import { type Task, updateTask } from '../../storage/tasks/tasks.ts';
import { lockedSource } from '../sources/sources.ts';
import { enqueueStatistics } from '../statistics.ts';
import { purgeSomeEntitlements, purgeSomeTombstones } from './purge.ts';

/**
 * How many rows one transaction changes, so that requests can write in between. Larger transactions take less time in
 * total, because neighbours share a page of an index; an account has many links.
 */
const accountsPerBatch = 500;
const entitlementsPerBatch = 2000;

/** The database crashed and lost the last batches, which had not been flushed. The task is repeated. */
class BatchesLost extends Error {}

/** The counts of a reset, which include those of interrupted attempts. */
interface ResetCounts {
  readonly accountsUnlinked: number;
  readonly entitlementsDeleted: number;
}

/** What a batch has done; `isDone` if there is nothing left for its phase. */
type Batch = Partial<ResetCounts> & { readonly isDone: boolean };

/**
 * Deletes all entitlements of a source permanently, with their governance data (contract A.1, 9): first the links of
 * accounts, which keep their attributes, then the entitlements, then the tombstones of earlier deletions. The change
 * record keeps everything. After a crash it can be repeated and continues.
 * @param signal ends the work between two batches, with its reason
 * @throws 404 if there is no such source
 */
export async function resetEntitlements(database: Database, task: Task, signal: AbortSignal): Promise<void> {
  const sourceId = task.sourceId ?? '';
  const origin = { actorId: task.actorId, clientId: task.clientId, taskId: task.id, trackingId: task.trackingId };
  const writer = new BatchWriter(database, task, await countEntitlementsOfSource(database.keyed, sourceId));
  let lastAccount = '';
  await writer.repeat(signal, async (transaction, now) => {
    await lockedSource(transaction, sourceId);
    const page = await accountsAfter(transaction, sourceId, lastAccount, accountsPerBatch);
    const holders = page.filter(({ holds }) => holds).map(({ id }) => id);
    const accountsUnlinked = await unlinkAccounts(transaction, holders, null, origin, now);
    return {
      accountsUnlinked,
      isDone: page.length < accountsPerBatch,
      onCommit: () => {
        lastAccount = page.at(-1)?.id ?? lastAccount;
      },
    };
  });
  let last = '';
  await writer.repeat(signal, async (transaction, now) => {
    await lockedSource(transaction, sourceId);
    const page = { sourceId, after: last, limit: entitlementsPerBatch };
    const { isDone, deleted } = await purgeSomeEntitlements(transaction, page, origin, now);
    return {
      entitlementsDeleted: deleted.length,
      isDone,
      onCommit: () => {
        last = deleted.at(-1) ?? last;
      },
    };
  });
  await writer.repeat(signal, async (transaction, now) => ({
    isDone: await purgeSomeTombstones(transaction, sourceId, entitlementsPerBatch, origin, now),
  }));
  await writer.complete();
}

/** Writes batches, each with the counts so far, in one transaction. */
class BatchWriter {
  readonly #database: Database;
  readonly #task: Task;
  readonly #total: number;
  #counts: ResetCounts;
  #version: number | undefined;

  /** @param left the number of entitlements that the source still has */
  constructor(database: Database, task: Task, left: number) {
    const count = (name: keyof ResetCounts): number => Number(task.attributes[name] ?? 0);
    this.#database = database;
    this.#task = task;
    this.#counts = { accountsUnlinked: count('accountsUnlinked'), entitlementsDeleted: count('entitlementsDeleted') };
    this.#total = left + this.#counts.entitlementsDeleted;
  }

  /** Repeats a batch until it has nothing left. `onCommit` is called once the batch is committed. */
  async repeat(
    signal: AbortSignal,
    work: (transaction: Transaction, now: number) => Promise<Batch & { readonly onCommit?: () => void }>,
  ): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const { batch, counts, version } = await this.#database.writeBatch(async (transaction) => {
        const now = Date.now();
        const done = await work(transaction, now);
        const after = {
          accountsUnlinked: this.#counts.accountsUnlinked + (done.accountsUnlinked ?? 0),
          entitlementsDeleted: this.#counts.entitlementsDeleted + (done.entitlementsDeleted ?? 0),
        };
        return { batch: done, counts: after, version: await this.#record(transaction, after, now) };
      });
      this.#counts = counts;
      this.#version = version;
      batch.onCommit?.();
      // Lets the thread handle its messages: one of them may ask it to stop.
      await nextTick();
      if (batch.isDone) {
        return;
      }
    }
  }

  async complete(): Promise<void> {
    await this.#database.write(async (transaction) => {
      const now = Date.now();
      await enqueueStatistics(transaction, now);
      const attributes = { ...this.#task.attributes, ...this.#counts };
      const end = { progress: 'Completed', percentComplete: 100, completionStatus: 'SUCCESS', completed: now } as const;
      this.#refuseLost(await updateTask(transaction, this.#task, { attributes, ...end }, now));
    });
  }

  async #record(transaction: Transaction, counts: ResetCounts, now: number): Promise<number> {
    const { accountsUnlinked, entitlementsDeleted } = counts;
    const progress = `Deleting: ${entitlementsDeleted} entitlements, ${accountsUnlinked} accounts unlinked`;
    const percent = Math.min(99, Math.floor((100 * entitlementsDeleted) / Math.max(1, this.#total)));
    const version = await updateTask(
      transaction,
      this.#task,
      { attributes: { ...this.#task.attributes, ...counts }, progress, percentComplete: percent },
      now,
    );
    this.#refuseLost(version);
    return version;
  }

  /** Nothing else changes the version of a task that a worker holds. */
  #refuseLost(version: number): void {
    if (this.#version !== undefined && version !== this.#version + 1) {
      throw new BatchesLost('The database has lost the last writes of this task. The task is repeated.');
    }
  }
}
