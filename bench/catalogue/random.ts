/** Returns a pseudo-random number generator for a seed (mulberry32), with values from 0 to 1. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Returns one of the values, with a strong preference for the first ones. */
export function skewedChoice<T>(random: () => number, values: readonly [T, ...T[]]): T {
  return values[Math.floor(values.length * random() ** 2)] ?? values[0];
}
