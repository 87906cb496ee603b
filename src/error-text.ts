/** How error messages quote client input, so that they stay readable. */

/** Truncates a text to `most` characters. */
export function shortened(text: string, most: number = 60): string {
  const characters = Array.from(text.slice(0, 2 * most + 2));
  return characters.length > most ? `${characters.slice(0, most).join('')}…` : text;
}

/** Lists at most 20 names, each shortened, and the number of further ones. */
export function listed(names: readonly string[]): string {
  const first = names.slice(0, 20).map((name) => shortened(name));
  return names.length > 20 ? `${first.join(', ')}, … and ${names.length - 20} more` : first.join(', ');
}

/** Joins names for use in a sentence: `a`, `a and b`, `a, b and c`. */
export function enumerated(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last;
}
