/** The value in the middle; NaN of no values. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The smallest value that at least this share of the values does not exceed; NaN of no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).toSorted();
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

/**
 * Takes several figures in turn, as often as asked: what else the machine does then meets all of them alike.
 * Returns the values of each.
 */
export async function inTurn(repetitions: number, ...takers: readonly (() => Promise<number>)[]): Promise<number[][]> {
  const figures: number[][] = takers.map(() => []);
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const [index, take] of takers.entries()) {
      figures[index]?.push(await take());
    }
  }
  return figures;
}
