import type { Clock } from '../../src/clock.ts';

interface Timer {
  readonly time: number;
  readonly call: () => void;
}

/** A clock that stands still until a test moves it. It begins at the present time. */
export class TestClock implements Clock {
  #now = Date.now();
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, call: () => void): () => void {
    const timer = { time: this.#now + milliseconds, call };
    this.#timers.add(timer);
    if (milliseconds <= 0) {
      setImmediate(() => this.advance(0));
    }
    return () => this.#timers.delete(timer);
  }

  /** Whether something is to be called in so many milliseconds. */
  hasTimerIn(milliseconds: number): boolean {
    return [...this.#timers].some(({ time }) => time === this.#now + milliseconds);
  }

  /** Lets so many milliseconds pass, and calls what becomes due meanwhile, in its order. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = [...this.#timers].filter(({ time }) => time <= end).toSorted((a, b) => a.time - b.time);
      if (next === undefined) {
        break;
      }
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.time);
      next.call();
    }
    this.#now = end;
  }
}
