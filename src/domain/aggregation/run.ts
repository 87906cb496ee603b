import type { Database, Transaction } from '../../storage/database.ts';
import { type HeldTask, updateTask } from '../../storage/tasks/tasks.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import type { InputKind } from './input-words.ts';
import type { AggregationCounts, AggregationReport } from './report.ts';

/** One run of an aggregation, for any kind of object. */
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
  /** Aborted when the server stops: the run then ends between two batches and is resumed later. */
  readonly signal: AbortSignal;
  /** When progress was last recorded, in milliseconds. */
  recorded?: number;
  /** The version of the task as this run last recorded it. */
  recordedVersion?: number;
}

/** The run was interrupted because the server stops; the task is resumed at the next start. */
export class RunInterrupted extends Error {}

/** Why a run ends with ERROR without applying anything. */
export class RunRefused extends Error {}

/** Written batches are missing: the database crashed and lost what had not been flushed. */
export class BatchesLost extends Error {}

/**
 * Checks, in a transaction of the run, that its update of the task follows its previous one: nothing else changes the
 * version of a task that a worker holds. Otherwise the run would report batches that were lost.
 * @throws BatchesLost; the run is then repeated
 */
export function refuseLostBatches({ recordedVersion }: AggregationRun, version: number): void {
  if (recordedVersion !== undefined && version !== recordedVersion + 1) {
    throw new BatchesLost('The database has lost the last writes of this run. The run is repeated.');
  }
}

/** Objects written in one transaction. A concurrent write request waits for at most one of these, about 50 ms. */
export const batchSize = 500;

/** Rows written in one transaction, if objects consist of several rows. */
export const batchWeight = 2000;

/** Throws RunInterrupted if the server stops. Called between batches. */
function checkInterrupted(run: AggregationRun): void {
  if (run.signal.aborted) {
    throw new RunInterrupted('The server stops.');
  }
}

/** The progress of a run: a text, and the percentage of its work that is done. */
export interface Progress {
  readonly text: string;
  readonly percent: number;
}

/** How often progress is recorded by phases that write nothing else, in milliseconds. */
const progressInterval = 1000;

/** Records progress once per interval. Lets the thread handle its messages; throws RunInterrupted. */
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
 * Writes one batch: `work` and the task's progress in one transaction, so that the counts are right even after a power
 * failure. Batches that are lost in it are missing from the counts, too, and the task, which has not ended, writes them
 * again.
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
  // Lets the thread handle its messages: one of them may ask it to stop.
  await new Promise((resolve) => setImmediate(resolve));
}
