/** The time, and timers. The server has the system's; tests have one that they move. */
export interface Clock {
  /** UTC milliseconds. */
  now(): number;
  /** Calls `call` once after so many milliseconds, without keeping the process alive. Returns what cancels it. */
  after(milliseconds: number, call: () => void): () => void;
}

/** The longest time a timer of Node.js can wait, in milliseconds. */
const longestTimer = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, Math.min(milliseconds, longestTimer)).unref();
    return () => clearTimeout(timer);
  },
};
