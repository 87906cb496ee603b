import type { Reads } from './database.ts';

/**
 * Reading that ends in one text. It is done where the data is, maybe in another thread, so that one block of bytes is
 * handed over instead of many rows. The other thread imports `module` and takes what it exports under `name`: this job.
 */
export interface TextJob<A> {
  /** `import.meta.url` of the file that exports it. */
  readonly module: string;
  readonly name: string;
  /** @param argument what can be handed to another thread: no functions, no classes */
  readonly run: (reads: Reads, argument: A) => Promise<string>;
}
