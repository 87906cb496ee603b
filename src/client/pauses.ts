import { setTimeout as sleep } from 'node:timers/promises';

/** How long a call waits in total because of `Retry-After`, in milliseconds. */
const longestPause = 120_000;

/** The pauses of one call, for all of its requests including those for tokens. */
export class Pauses {
  #left = longestPause;

  /** Waits if the response has a `Retry-After` that is not too long. Returns whether to retry the request. */
  async waitedFor(response: Response): Promise<boolean> {
    const pause = pauseOf(response);
    if (pause === undefined || pause > this.#left) {
      return false;
    }
    this.#left -= pause;
    await response.body?.cancel();
    await sleep(pause);
    return true;
  }
}

/** Returns the time to wait before a retry, in milliseconds. */
function pauseOf({ status, headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return (status === 429 || status === 503) && seconds >= 0 ? Math.max(seconds, 0.1) * 1000 : undefined;
}
