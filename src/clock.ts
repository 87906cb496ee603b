/** The time, and timers. The server uses the system clock; tests use one that they advance. */
export interface Clock {
  /** UTC milliseconds. */
  now(): number;
  /** Calls `call` once after a delay, without keeping the process alive. Returns a function that cancels it. */
  after(milliseconds: number, call: () => void): () => void;
}

/** The maximum delay of a Node.js timer, in milliseconds. */
const longestTimer = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, Math.min(milliseconds, longestTimer)).unref();
    return () => clearTimeout(timer);
  },
};
