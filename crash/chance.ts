import { randomNumbers } from '../bench/catalogue/random.ts';

/** Pseudo-random decisions, reproducible by seed. */
export class Chance {
  readonly #next: () => number;

  constructor(seed: number) {
    // Consecutive seeds would produce similar first values: spread them.
    this.#next = randomNumbers(Math.imul(seed, 0x9e3779b1));
  }

  /** True with a probability from 0 to 1. */
  isTrue(probability: number): boolean {
    return this.#next() < probability;
  }

  /** An integer from 0 (inclusive) to `end` (exclusive). */
  below(end: number): number {
    return Math.floor(this.#next() * end);
  }

  /** Returns the values in random order. */
  shuffled<T>(values: readonly T[]): T[] {
    return values
      .map((value) => ({ value, place: this.#next() }))
      .toSorted((a, b) => a.place - b.place)
      .map(({ value }) => value);
  }

  /** Returns one of the values; undefined if there are none. */
  of<T>(values: readonly T[]): T | undefined {
    return values[this.below(values.length)];
  }
}
