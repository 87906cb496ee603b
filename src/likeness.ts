/** The name that is fewest letters away from a text, at most so many; undefined: none is that near. */
export function nearest(text: string, names: readonly string[], most: number): string | undefined {
  let found: string | undefined;
  let least = most;
  for (const name of names) {
    // Names whose lengths differ by more need not be compared.
    const isNear = Math.abs(name.length - text.length) <= least;
    const apart = isNear ? distance(text.toLowerCase(), name.toLowerCase()) : Number.POSITIVE_INFINITY;
    if (apart < least || (apart === least && found === undefined)) {
      found = name;
      least = apart;
    }
  }
  return found;
}

/** How many letters have to be put in, left out or changed to get from one text to the other (Levenshtein). */
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
