/**
 * Normalises text for comparison and sorting in folded columns with binary collation, so that both engines agree.
 */

// oxlint-disable-next-line no-control-regex -- all of ASCII is meant
const isAscii = /^[\0-\x7f]*$/;

/**
 * Returns the folded form of a text: NFKC, lower case, NFKC. Idempotent.
 * Every sigma becomes "σ": JavaScript lower-cases a sigma depending on its position in the word, so that a prefix ("ΟΔΟΣ"
 * of "ΟΔΟΣΗΜΑΝΣΗ") would no longer be a prefix after folding.
 */
export function fold(text: string): string {
  // The common case: ASCII text is already in normal form.
  if (isAscii.test(text)) {
    return text.toLowerCase();
  }
  return text.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ').normalize('NFKC');
}

/** Returns the folded form of one member of a set. Newlines separate members, so within a member they become spaces. */
export function foldMember(member: string): string {
  return fold(member).replaceAll('\n', ' ');
}

/**
 * Returns the stored form of a set: folded members, each between newlines ("\nA\nB\n"), so that "contains this member" is
 * a search for "\nA\n". An empty set is the empty string.
 */
export function foldSet(members: readonly string[]): string {
  return members.length === 0 ? '' : `\n${members.map(foldMember).join('\n')}\n`;
}

/**
 * Returns the smallest text that is greater than every text with this prefix, in code point order. Returns null if there
 * is none: the prefix is empty or consists of U+10FFFF only.
 */
export function prefixEnd(prefix: string): string | null {
  const points = Array.from(prefix);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    const point = last.codePointAt(0) ?? 0;
    if (point < 0x10ffff) {
      // Surrogates are not characters and cannot be encoded in UTF-8.
      return points.join('') + String.fromCodePoint(point === 0xd7ff ? 0xe000 : point + 1);
    }
  }
  return null;
}

/**
 * Compares two texts by code points, which is the order of their UTF-8 bytes, like SQLite's BINARY and PostgreSQL's "C"
 * collation. JavaScript compares UTF-16 units, which differs above U+FFFF.
 * Returns a negative number, zero or a positive number, as for `Array.prototype.sort`.
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

/** Returns the rank of a UTF-16 unit in code point order: a surrogate is part of a character above U+FFFF. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
