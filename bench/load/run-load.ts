import { Worker } from 'node:worker_threads';

export interface LoadRequest {
  readonly method: string;
  readonly path: string;
  /** A JSON Patch. */
  readonly body?: string;
}

/** What is sent. */
export interface Load {
  readonly url: string;
  readonly token: string | undefined;
  readonly connections: number;
  readonly requests: readonly LoadRequest[];
  /** Whether requests are drawn at random or sent one after the other, round and round. */
  readonly order: 'random' | 'sequence';
  /** Where a sequence begins. */
  readonly startAt: number;
  readonly seed: number;
  /** Requests that fall due each second; undefined: as many as the server can. */
  readonly rate: number | undefined;
  readonly warmUpSeconds: number;
  /** How long it is measured; undefined: until it is stopped. */
  readonly seconds: number | undefined;
}

/** What came of it. Times are in milliseconds. */
export interface LoadResult {
  readonly requests: number;
  readonly perSecond: number;
  readonly megabytesPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly largest: number;
  /** Answers that were not 2xx, by status and path, with their number. */
  readonly failures: Readonly<Record<string, number>>;
  /** Where the sequence goes on. */
  readonly nextIndex: number;
}

/** A load that is being sent. */
export interface RunningLoad {
  /** Rejects when an answer was not 2xx: then the figures would say nothing. */
  readonly result: Promise<LoadResult>;
  /** Ends it now. */
  stop(): void;
}

const defaults = { order: 'random', startAt: 0, seed: 1, rate: undefined, warmUpSeconds: 0.3 } as const;

/** Begins to send a load from a thread of its own. */
export function startLoad(
  load: Partial<Load> & Pick<Load, 'url' | 'token' | 'connections' | 'requests' | 'seconds'>,
): RunningLoad {
  const worker = new Worker(new URL('./load-thread.ts', import.meta.url), { workerData: { ...defaults, ...load } });
  const result = new Promise<LoadResult>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', resolve);
  }).then((outcome) => {
    const failed = Object.entries(outcome.failures).slice(0, 3);
    if (failed.length > 0) {
      throw new Error(`Requests failed: ${failed.map(([what, number]) => `${number} times ${what}`).join(', ')}`);
    }
    return outcome;
  });
  return { result, stop: () => worker.postMessage('stop') };
}

/** Sends a load and resolves when it is over. */
export function runLoad(load: Parameters<typeof startLoad>[0]): Promise<LoadResult> {
  return startLoad(load).result;
}
