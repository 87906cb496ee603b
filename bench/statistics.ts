/** The value in the middle, of an even number of values the mean of the two there; NaN of no values. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).toSorted();
  const middle = sorted.length / 2;
  const [left = Number.NaN, right = Number.NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (left + right) / 2;
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
