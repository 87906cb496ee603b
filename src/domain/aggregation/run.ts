import type { Database, Transaction } from '../../storage/database.ts';
import { type HeldTask, updateTask } from '../../storage/tasks/tasks.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import type { InputKind } from './input-words.ts';
import type { AggregationCounts, AggregationReport } from './report.ts';

/** One run of an aggregation, whatever the objects. */
export interface AggregationRun {
  readonly database: Database;
  readonly task: HeldTask;
  readonly sourceId: string;
  readonly input: InputKind;
  /** The largest share of the objects, in percent, that one run may delete. */
  readonly deleteThreshold: number;
  /** The number of objects before the task began its first attempt. */
  readonly countBefore: number;
  /** Path of a scratch file. */
  readonly stageFile: string;
  readonly context: ChangeContext;
  readonly report: AggregationReport;
  /** Aborted when the server stops: the run then ends between two batches, to be resumed later. */
  readonly signal: AbortSignal;
  /** When progress was last recorded, in milliseconds. */
  recorded?: number;
  /** The version of the task as this run last recorded it. */
  recordedVersion?: number;
}

/** The run was interrupted by the stop of the server; the task goes on at the next start. */
export class RunInterrupted extends Error {}

/** Why a run ends with ERROR and applies nothing. */
export class RunRefused extends Error {}

/** Batches that were written are not there: the database went down and forgot what was not yet on its disk. */
export class BatchesLost extends Error {}

/**
 * Checks in a transaction of the run that its record of the task follows the one before: nothing else changes the
 * version of a task that a worker holds. A run that went on would tell of batches that are gone.
 * @throws BatchesLost; the run is then made again
 */
export function refuseLostBatches({ recordedVersion }: AggregationRun, version: number): void {
  if (recordedVersion !== undefined && version !== recordedVersion + 1) {
    throw new BatchesLost('The database has lost what this run wrote last. It begins again.');
  }
}

/** Objects written in one transaction: a request that writes waits for one of these at most, some 50 milliseconds. */
export const batchSize = 500;

/** Rows written in one transaction, where objects take several each. */
export const batchWeight = 2000;

/** Throws RunInterrupted when the server stops. Called between batches. */
function checkInterrupted(run: AggregationRun): void {
  if (run.signal.aborted) {
    throw new RunInterrupted('The server stops.');
  }
}

/** How far a run is: in words, and in percent of all its work. */
export interface Progress {
  readonly text: string;
  readonly percent: number;
}

/** How often the progress of what writes nothing else is recorded, in milliseconds. */
const progressInterval = 1000;

/** Records how far a run is, now and then. Lets the thread's messages have their turn; throws RunInterrupted. */
export async function showProgress(run: AggregationRun, progress: Progress): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  checkInterrupted(run);
  const now = Date.now();
  run.recorded ??= now;
  if (now - run.recorded > progressInterval) {
    run.recorded = now;
    await writeBatch(run, progress, async () => ({}));
  }
}

/**
 * Writes one batch: `work` and the task's progress in one transaction, so that the figures are right even when
 * the next moment the power fails. Batches that are lost then are not in the figures either, and the task, which has
 * not ended, makes them again.
 */
export async function writeBatch(
  run: AggregationRun,
  progress: Progress,
  work: (transaction: Transaction, now: number) => Promise<Partial<AggregationCounts>>,
): Promise<void> {
  checkInterrupted(run);
  const { counts: counted, version } = await run.database.writeBatch(async (transaction) => {
    const now = Date.now();
    const counts = await work(transaction, now);
    const recorded = await updateTask(
      transaction,
      run.task,
      {
        attributes: run.report.attributesWith(counts),
        progress: progress.text,
        percentComplete: Math.min(99, Math.floor(progress.percent)),
      },
      now,
    );
    refuseLostBatches(run, recorded);
    return { counts, version: recorded };
  });
  run.recordedVersion = version;
  run.report.add(counted);
  // The thread's messages have their turn: one of them may be to stop.
  await new Promise((resolve) => setImmediate(resolve));
}
