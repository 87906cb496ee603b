import { Worker } from 'node:worker_threads';

export interface LoadRequest {
  readonly method: string;
  readonly path: string;
  /** A JSON Patch. */
  readonly body?: string;
}

/** A load to send. */
export interface Load {
  readonly url: string;
  readonly token: string | undefined;
  readonly connections: number;
  readonly requests: readonly LoadRequest[];
  /** Whether requests are chosen at random or sent in a cycle. */
  readonly order: 'random' | 'sequence';
  /** The start of a cycle. */
  readonly startAt: number;
  readonly seed: number;
  /** The number of scheduled requests per second; undefined: as many as possible. */
  readonly rate: number | undefined;
  readonly warmUpSeconds: number;
  /** The duration of the measurement; undefined: until stopped. */
  readonly seconds: number | undefined;
}

/** The result. Times are in milliseconds. */
export interface LoadResult {
  readonly requests: number;
  readonly perSecond: number;
  readonly megabytesPerSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly largest: number;
  /** The number of responses other than 2xx, by status and path. */
  readonly failures: Readonly<Record<string, number>>;
  /** The position at which a cycle continues. */
  readonly nextIndex: number;
}

/** A running load. */
export interface RunningLoad {
  /** Rejects if a response was not 2xx, because the figures would be meaningless. */
  readonly result: Promise<LoadResult>;
  /** Stops it. */
  stop(): void;
}

const defaults = { order: 'random', startAt: 0, seed: 1, rate: undefined, warmUpSeconds: 0.3 } as const;

/** Starts a load in a separate thread. */
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

/** Sends a load and resolves at its end. */
export function runLoad(load: Parameters<typeof startLoad>[0]): Promise<LoadResult> {
  return startLoad(load).result;
}
