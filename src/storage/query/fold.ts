/**
 * Text as it is compared and ordered: folded columns with binary collation, so that both engines agree.
 */

// oxlint-disable-next-line no-control-regex -- all of ASCII is meant
const isAscii = /^[\0-\x7f]*$/;

/**
 * The folded form of a text: NFKC, lower case, NFKC. Folding twice changes nothing.
 * Every sigma becomes "σ": JavaScript lowers a sigma by its place in the word, and a prefix
 * ("ΟΔΟΣ" of "ΟΔΟΣΗΜΑΝΣΗ") would no longer be one after folding.
 */
export function fold(text: string): string {
  // Nearly all texts: of ASCII the normal form is the text itself.
  if (isAscii.test(text)) {
    return text.toLowerCase();
  }
  return text.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ').normalize('NFKC');
}

/** The folded form of one member of a set: a newline parts the members, so within one it is a space. */
export function foldMember(member: string): string {
  return fold(member).replaceAll('\n', ' ');
}

/**
 * The stored form of a multi-valued text: folded members, each between newlines ("\nA\nB\n"), so that
 * "contains this member" is a search for "\nA\n". No members is the empty text.
 */
export function foldSet(members: readonly string[]): string {
  return members.length === 0 ? '' : `\n${members.map(foldMember).join('\n')}\n`;
}

/**
 * The smallest text that is greater than every text with this prefix, in code point order.
 * Null when there is none: the prefix is empty or consists of U+10FFFF only.
 */
export function prefixEnd(prefix: string): string | null {
  const points = Array.from(prefix);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    const point = last.codePointAt(0) ?? 0;
    if (point < 0x10ffff) {
      // The surrogates are no characters: UTF-8 cannot hold them.
      return points.join('') + String.fromCodePoint(point === 0xd7ff ? 0xe000 : point + 1);
    }
  }
  return null;
}

/**
 * Compares two texts by code points, which is the order of their UTF-8 bytes, as SQLite's BINARY and
 * PostgreSQL's "C" collation do. JavaScript's own comparison goes by UTF-16 units and differs above U+FFFF.
 * Negative, zero or positive, as for `Array.prototype.sort`.
 */
export function compareBinary(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) {
      return rank(left) - rank(right);
    }
  }
  return a.length - b.length;
}

/** A UTF-16 unit's place in code point order: a surrogate stands for a character above U+FFFF. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
