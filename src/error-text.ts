/** How errors write what a client sent, so that they stay readable. */

/** At most so many characters of a text that a client sent. */
export function shortened(text: string, most: number = 60): string {
  const characters = Array.from(text.slice(0, 2 * most + 2));
  return characters.length > most ? `${characters.slice(0, most).join('')}…` : text;
}

/** At most 20 names with commas between them, each shortened, and how many more there are. */
export function listed(names: readonly string[]): string {
  const first = names.slice(0, 20).map((name) => shortened(name));
  return names.length > 20 ? `${first.join(', ')}, … and ${names.length - 20} more` : first.join(', ');
}

/** Names in a sentence: `a`, `a and b`, `a, b and c`. */
export function enumerated(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last;
}
