import { randomNumbers } from '../bench/catalogue/random.ts';

/** Decisions that look random and are the same for the same seed. */
export class Chance {
  readonly #next: () => number;

  constructor(seed: number) {
    // Seeds that follow each other begin alike: so they are spread.
    this.#next = randomNumbers(Math.imul(seed, 0x9e3779b1));
  }

  /** True with a probability from 0 to 1. */
  isTrue(probability: number): boolean {
    return this.#next() < probability;
  }

  /** A whole number from 0 up to, but not with, `end`. */
  below(end: number): number {
    return Math.floor(this.#next() * end);
  }

  /** The values in another order. */
  shuffled<T>(values: readonly T[]): T[] {
    return values
      .map((value) => ({ value, place: this.#next() }))
      .toSorted((a, b) => a.place - b.place)
      .map(({ value }) => value);
  }

  /** One of the values; undefined when there is none. */
  of<T>(values: readonly T[]): T | undefined {
    return values[this.below(values.length)];
  }
}
