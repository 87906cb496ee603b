import { randomNumbers } from '../bench/catalogue/random.ts';

/** Decisions that look random and are the same for the same seed. */
export class Chance {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = randomNumbers(seed);
  }

  /** True with a probability from 0 to 1. */
  isTrue(probability: number): boolean {
    return this.#next() < probability;
  }

  /** A whole number from 0 up to, but not with, `end`. */
  below(end: number): number {
    return Math.floor(this.#next() * end);
  }

  /** One of the values; undefined when there is none. */
  of<T>(values: readonly T[]): T | undefined {
    return values[this.below(values.length)];
  }
}
