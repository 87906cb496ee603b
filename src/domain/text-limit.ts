import { fold } from '../storage/query/fold.ts';

/** The longest key or name, in UTF-8 bytes before and after folding: PostgreSQL limits index entries to 2,704 bytes. */
export const longestText = 2000;

/** The limit of descriptions and of the JSON of metadata, in UTF-16 units: a page has up to 250 of each. */
export const longestLongText = 65_535;

/** Whether a key or name is too long to be stored. */
export function isTooLong(text: string): boolean {
  // Short texts need no check: folding produces at most 33 bytes for a UTF-16 unit (U+FDFA).
  if (text.length <= longestText / 33) {
    return false;
  }
  return Buffer.byteLength(text) > longestText || Buffer.byteLength(fold(text)) > longestText;
}
