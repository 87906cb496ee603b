import { fold } from '../storage/query/fold.ts';

/** The longest key or name, in bytes of UTF-8, as it is and folded: index entries of PostgreSQL end at 2,704. */
export const longestText = 2000;

/** Of descriptions and of the JSON of metadata, in UTF-16 units: a page has up to 250 of each. */
export const longestLongText = 65_535;

/** Whether a key or name is too long to be stored. */
export function isTooLong(text: string): boolean {
  // Short texts need no look: folding makes at most 33 bytes of one UTF-16 unit (U+FDFA).
  if (text.length <= longestText / 33) {
    return false;
  }
  return Buffer.byteLength(text) > longestText || Buffer.byteLength(fold(text)) > longestText;
}
