import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Transaction } from '../../storage/database.ts';
import { type HeldTask, updateTask } from '../../storage/tasks.ts';
import type { ChangeContext } from '../change-context.ts';
import type { AggregationCounts, AggregationReport } from './report.ts';

/** One run of an aggregation, whatever the objects. */
export interface AggregationRun {
  readonly database: Database;
  readonly task: HeldTask;
  readonly sourceId: string;
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
}

/** The run was interrupted by the stop of the server; the task goes on at the next start. */
export class RunInterrupted extends Error {}

/** Why a run ends with ERROR and applies nothing. */
export class RunRefused extends Error {}

/** Objects written in one transaction. */
export const batchSize = 1000;

/** Rows written in one transaction, where objects take several each: about so many, that nobody waits long. */
export const batchWeight = 10_000;

/** Throws RunInterrupted when the server stops. Called between batches. */
export function checkInterrupted(run: AggregationRun): void {
  if (run.signal.aborted) {
    throw new RunInterrupted('The server stops.');
  }
}

/**
 * Writes one batch: `work` and the task's progress in one transaction, so that the figures are right even when
 * the next moment the power fails.
 */
export async function writeBatch(
  run: AggregationRun,
  progress: { readonly text: string; readonly percent: number },
  work: (transaction: Transaction, now: number) => Promise<Partial<AggregationCounts>>,
): Promise<void> {
  checkInterrupted(run);
  const counted = await run.database.write(async (transaction) => {
    const now = Date.now();
    const counts = await work(transaction, now);
    await updateTask(
      transaction,
      run.task,
      {
        attributes: run.report.attributesWith(counts),
        progress: progress.text,
        percentComplete: Math.min(99, Math.floor(progress.percent)),
      },
      now,
    );
    return counts;
  });
  run.report.add(counted);
  // Leaves the lock free for a moment: requests that write must not wait for the whole import.
  await sleep(1);
}
