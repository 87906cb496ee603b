import { fold } from '../../storage/fold.ts';

/** The longest key or name, in bytes of UTF-8, as it is and folded: index entries of PostgreSQL end at 2,704. */
export const longestText = 2000;

/** Whether a key or name is too long to be stored. */
export function isTooLong(text: string): boolean {
  // Short texts need no look: folding makes at most 33 bytes of one UTF-16 unit (U+FDFA).
  if (text.length <= longestText / 33) {
    return false;
  }
  return Buffer.byteLength(text) > longestText || Buffer.byteLength(fold(text)) > longestText;
}
