/** Where a row that never ends began: what a failed read must tell. */
import type { Settings } from './settings.ts';

/** Lines counted from the first of the text, which is 0. */
export type UnfinishedRow = {
  /** Where the row begins, blank and comment lines before it left out; null when there is none. */
  readonly row: number | null;
  /** Where the quoted value begins that is open at the end; null when none is. */
  readonly openQuote: number | null;
};

/** Looks through the text after the last complete row, by the rules by which rows are read. */
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
