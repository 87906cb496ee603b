import { fold } from '../../storage/fold.ts';

/** The longest key or name, in bytes of UTF-8, as it is and folded: index entries of PostgreSQL end at 2,704. */
export const longestText = 2000;

/** Whether a key or name is too long to be stored. */
export function isTooLong(text: string): boolean {
  // A character has at most 3 bytes in UTF-16 units, and folding rarely lengthens: short texts need no look.
  if (text.length < longestText / 18) {
    return false;
  }
  return Buffer.byteLength(text) > longestText || Buffer.byteLength(fold(text)) > longestText;
}
