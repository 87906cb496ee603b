/** Returns the name with the smallest edit distance to a text, or undefined if none is within `most`. */
export function nearest(text: string, names: readonly string[], most: number): string | undefined {
  let found: string | undefined;
  let least = most;
  for (const name of names) {
    // The distance is at least the difference of the lengths.
    const isNear = Math.abs(name.length - text.length) <= least;
    const apart = isNear ? distance(text.toLowerCase(), name.toLowerCase()) : Number.POSITIVE_INFINITY;
    if (apart < least || (apart === least && found === undefined)) {
      found = name;
      least = apart;
    }
  }
  return found;
}

/** Returns the Levenshtein distance. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(from).entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const left = next[column - 1] ?? 0;
      const above = row[column] ?? 0;
      const before = row[column - 1] ?? 0;
      next.push(Math.min(left + 1, above + 1, before + (to[column - 1] === letter ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
