/**
 * Makes a text from the server safe for a terminal. Names come from files of other people: control characters and
 * characters that change the writing direction are replaced with U+FFFD. Line breaks are kept.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, (character) =>
    character === '\n' ? character : '\uFFFD',
  );
}

/** The same, in a single line. */
export function printableLine(text: string): string {
  return printable(text.replaceAll(/[\r\n\t]+/g, ' '));
}

/** The same for CSV; keeps CRLF line endings, too. */
export function printableCsv(csv: string): string {
  return csv.split('\r\n').map(printable).join('\r\n');
}

/** Serialises JSON that is safe for a terminal: `JSON.stringify` does not escape all control characters. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replaceAll(
    /[\u007F-\u009F]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u;
const combining = /\p{M}|\u200B|\u200C|\u200D/u;

/** Returns the width of a line in terminal columns. */
export function widthOf(line: string): number {
  let width = 0;
  for (const character of line) {
    width += combining.test(character) ? 0 : wide.test(character) ? 2 : 1;
  }
  return width;
}

/** Cuts a line to a number of columns; the rest is replaced with `…`. */
export function cutTo(line: string, columns: number): string {
  if (widthOf(line) <= columns) {
    return line;
  }
  let cut = '';
  let width = 0;
  for (const character of line) {
    width += widthOf(character);
    if (width > columns - 1) {
      break;
    }
    cut += character;
  }
  return `${cut}…`;
}
