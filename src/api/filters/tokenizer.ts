/** The tokens of a filter. */
import { problemAt, shown } from './problem.ts';

/**
 * A token of a filter. The `text` of a string is its content without quotes and escapes.
 * `start` and `end` are its position in the filter, from 0, in UTF-16 units; `end` is exclusive.
 */
export type Token = {
  readonly kind: '(' | ')' | ',' | 'string' | 'word' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
};

const SPACE = /\s*/y;
const WORD = /[^\s(),"]+/y;
/** Text up to a quote or an escape. */
const PLAIN = /[^"\\]*/y;

/** Returns the next token at or after `from`; at the end of the text one of kind `end`. Throws a 400 with the position. */
export function nextToken(text: string, from: number): Token {
  const start = from + matchAt(SPACE, text, from).length;
  const character = text[start];
  switch (character) {
    case undefined:
      return { kind: 'end', text: '', start, end: start };
    case '(':
    case ')':
    case ',':
      return { kind: character, text: character, start, end: start + 1 };
    case '"':
      return stringToken(text, start);
    case "'":
    case '‘':
    case '’':
    case '“':
    case '”':
    case '`':
      throw problemAt('filters', text, start, `found ${character}. Use straight double quotes for strings: "abc".`);
    default: {
      const word = matchAt(WORD, text, start);
      return { kind: 'word', text: word, start, end: start + word.length };
    }
  }
}

function stringToken(text: string, start: number): Token {
  const parts: string[] = [];
  let index = start + 1;
  for (;;) {
    const plain = matchAt(PLAIN, text, index);
    parts.push(plain);
    index += plain.length;
    if (text[index] === '"') {
      return { kind: 'string', text: parts.join(''), start, end: index + 1 };
    }
    const escaped = text[index + 1];
    if (text[index] === undefined || escaped === undefined) {
      throw problemAt('filters', text, start, 'the string that starts here has no closing double quote.');
    }
    if (escaped !== '"' && escaped !== '\\') {
      const found = shown(`\\${String.fromCodePoint(text.codePointAt(index + 1) ?? 0)}`);
      throw problemAt(
        'filters',
        text,
        index,
        `found ${found}. A backslash may only precede a double quote or a backslash: write \\\\ for a backslash.`,
      );
    }
    parts.push(escaped);
    index += 2;
  }
}

function matchAt(pattern: RegExp, text: string, index: number): string {
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0] ?? '';
}
