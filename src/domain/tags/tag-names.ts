import { illegalValue } from '../../errors.ts';
import { compareBinary } from '../../storage/query/fold.ts';
import { shownValue } from '../shown-value.ts';

const shortest = 3;
const longest = 128;

/** How many tags an object can have, and a request can name. */
export const mostTags = 50;

/**
 * Returns the name of a tag as ISC stores it: in upper case, with underscores for spaces, and without other characters
 * than letters, digits and underscores. "pci data" is PCI_DATA. Letters of all scripts are kept.
 * @param field the name of the field
 * @throws 400 for a name that is then shorter than 3 or longer than 128 characters
 */
export function tagName(received: string, field: string): string {
  const name = received
    .trim()
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/\s/gu, '_')
    .replaceAll(/[^\p{L}\p{M}\p{N}_]/gu, '');
  const { length } = Array.from(name);
  if (length < shortest || length > longest) {
    throw illegalValue(
      `Field "${field}" is ${shownValue(received)}, the tag ${shownValue(name)}. A tag must have ${shortest} to ${longest} letters, digits and underscores.`,
    );
  }
  return name;
}

/**
 * Returns the names of tags as they are stored, each once, in binary order.
 * @throws 400 for an invalid name, and for more than 50
 */
export function tagNames(received: readonly string[], field: string): string[] {
  if (received.length > mostTags) {
    throw illegalValue(`Field "${field}" has ${received.length} tags. At most ${mostTags} are allowed.`);
  }
  return inOrder(received.map((name, index) => tagName(name, `${field}.${index}`)));
}

/** Returns the names in binary order, each once. */
export function inOrder(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted(compareBinary);
}
