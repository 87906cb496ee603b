import type { Transaction } from '../../storage/database.ts';
import type { AggregationCounts } from './report.ts';
import { type AggregationRun, type Progress, writeBatch } from './run.ts';

/**
 * Writes batches, one at a time, as each of them records the figures of all before. Where the engine works by itself,
 * the next batch is put together meanwhile.
 */
export class BatchWriter {
  readonly #run: AggregationRun;
  #writing: Promise<void> | undefined;

  constructor(run: AggregationRun) {
    this.#run = run;
  }

  /** Begins to write a batch once the one before is written; where the engine needs this thread, it is then written. */
  async begin(
    progress: Progress,
    work: (transaction: Transaction, now: number) => Promise<Partial<AggregationCounts>>,
  ): Promise<void> {
    await this.written();
    this.#writing = writeBatch(this.#run, progress, work);
    if (this.#run.database.dialect.writesElsewhere) {
      // It is `written` that tells of a failure; until somebody asks, it is no failure that nobody heard of.
      this.#writing.catch(() => undefined);
    } else {
      await this.written();
    }
  }

  /** Waits until the last batch is written. Rejects when it could not be. */
  async written(): Promise<void> {
    const writing = this.#writing;
    this.#writing = undefined;
    await writing;
  }

  /** Lets the writing go on, if there is some. */
  async turn(): Promise<void> {
    if (this.#writing !== undefined) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
