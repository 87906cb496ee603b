/** Finds the start of a row that never ends, for the error message. */
import type { Settings } from './settings.ts';

/** Lines are relative to the first line of the text, which is 0. */
export type UnfinishedRow = {
  /** The first line of the row, without preceding blank and comment lines; null if there is none. */
  readonly row: number | null;
  /** The first line of the quoted value that is still open at the end; null if there is none. */
  readonly openQuote: number | null;
};

/** Scans the text after the last complete row, with the same rules as the parser. */
export function unfinishedRow(text: string, { delimiter, quote, commentCharacter }: Settings): UnfinishedRow {
  let line = 0;
  let row: number | null = null;
  let openQuote: number | null = null;
  let isCellStart = true;
  let isLineStart = true;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    const isBreak = character === '\n' ? text[index - 1] !== '\r' : character === '\r';
    if (isBreak) line++;
    if (openQuote !== null) {
      if (character !== quote) continue;
      if (text[index + 1] === quote) index++;
      else openQuote = null;
      continue;
    }
    if (character === '\n' || character === '\r') {
      isCellStart = true;
      isLineStart = true;
      continue;
    }
    if (isLineStart && character === commentCharacter) {
      index = endOfLine(text, index) - 1;
      continue;
    }
    isLineStart = false;
    row ??= line;
    if (isCellStart && character === quote) openQuote = line;
    isCellStart = text.startsWith(delimiter, index);
  }
  return { row, openQuote };
}

function endOfLine(text: string, from: number): number {
  const found = text.slice(from).search(/[\r\n]/);
  return found === -1 ? text.length : from + found;
}
