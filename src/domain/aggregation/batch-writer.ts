import type { Transaction } from '../../storage/database.ts';
import type { AggregationCounts } from './report.ts';
import { type AggregationRun, type Progress, writeBatch } from './run.ts';

/**
 * Writes batches one at a time, because each of them records the counts of all previous ones. If the engine runs in
 * other threads or processes, the next batch is prepared meanwhile.
 */
export class BatchWriter {
  readonly #run: AggregationRun;
  #writing: Promise<void> | undefined;

  constructor(run: AggregationRun) {
    this.#run = run;
  }

  /** Begins to write a batch after the previous one. If the engine runs in this thread, waits until it is written. */
  async begin(
    progress: Progress,
    work: (transaction: Transaction, now: number) => Promise<Partial<AggregationCounts>>,
  ): Promise<void> {
    await this.written();
    this.#writing = writeBatch(this.#run, progress, work);
    if (this.#run.database.dialect.writesElsewhere) {
      // `written` reports a failure. Until it is called, the rejection must not count as unhandled.
      this.#writing.catch(() => undefined);
    } else {
      await this.written();
    }
  }

  /** Waits until the last batch is written. Rejects if it failed. */
  async written(): Promise<void> {
    const writing = this.#writing;
    this.#writing = undefined;
    await writing;
  }

  /** Lets a pending write proceed. */
  async turn(): Promise<void> {
    if (this.#writing !== undefined) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
