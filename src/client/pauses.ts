import { setTimeout as sleep } from 'node:timers/promises';

/** How long a call waits in all for a server that asks for a pause, in milliseconds. */
const longestPause = 120_000;

/** The pauses of one call, with all the requests it takes: the tokens' as well. */
export class Pauses {
  #left = longestPause;

  /** Waits if the answer asks for a pause that is not too long. Returns whether the same request is due again. */
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

/** How long the server asks to wait before the same request, in milliseconds. */
function pauseOf({ status, headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return (status === 429 || status === 503) && seconds >= 0 ? Math.max(seconds, 0.1) * 1000 : undefined;
}
