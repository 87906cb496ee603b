/**
 * Parses text into a syntax tree. The grammar (contract §0, "Collections"), lowest precedence first:
 *
 *     or    = and { "or" and }
 *     and   = not { "and" not }
 *     not   = "not" not | "(" or ")" | test
 *     test  = "pr" field | field "pr" | field "isnull" | field ("in" | "ca") "(" value { "," value } ")"
 *           | field operator value
 *     value = string between double quotes | word
 */
import type { Operator } from '../../list-query.ts';
import { shortened } from '../../error-text.ts';
import { illegalValue } from '../../errors.ts';
import type { MunimentError } from '../../errors.ts';
import { problemAt, refuseUnstorable, shown } from './problem.ts';
import { OPERATORS, isOperator } from './syntax.ts';
import type { Literal, Syntax } from './syntax.ts';
import { nextToken } from './tokenizer.ts';
import type { Token } from './tokenizer.ts';

/** Every value is a term, including those in the list of an `in` or `ca`; `isnull` and `pr` count as one each. */
const MAXIMUM_TERMS = 500;
/** Each parenthesis and each `not` is a level. */
const MAXIMUM_LEVELS = 64;

const FIELD = /^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*$/;
const KEYWORDS: readonly string[] = ['and', 'or', 'not'];

/** `token` is the next token, `previous` the one before it. */
type Reader = { readonly text: string; token: Token; previous: Token | undefined; terms: number; level: number };

/**
 * Parses a filter. Rejects a blank one: callers treat a blank parameter as absent.
 * Every error is a 400 with the position (in characters, from 1), what was found and what was expected.
 */
export function parseSyntax(text: string): Syntax {
  refuseUnstorable('filters', text);
  const reader: Reader = { text, token: nextToken(text, 0), previous: undefined, terms: 0, level: 0 };
  if (isNext(reader, 'end')) {
    throw illegalValue('filters is empty. Omit it, or write a condition, e.g. name eq "abc".');
  }
  const syntax = parseOr(reader);
  if (!isNext(reader, 'end')) {
    throw afterCondition(reader, 'the end of the filter');
  }
  return syntax;
}

function parseOr(reader: Reader): Syntax {
  return parseSequence(reader, 'or', parseAnd);
}

function parseAnd(reader: Reader): Syntax {
  return parseSequence(reader, 'and', parseNot);
}

function parseSequence(reader: Reader, kind: 'and' | 'or', parsePart: (reader: Reader) => Syntax): Syntax {
  const first = parsePart(reader);
  const conditions = [first];
  while (isWord(reader.token, kind)) {
    advance(reader);
    conditions.push(parsePart(reader));
  }
  return conditions.length === 1 ? first : { kind, conditions };
}

function parseNot(reader: Reader): Syntax {
  const { token } = reader;
  if (isWord(token, 'not')) {
    enter(reader);
    const condition = parseNot(reader);
    reader.level -= 1;
    return { kind: 'not', condition };
  }
  if (token.kind === '(') {
    enter(reader);
    const condition = parseOr(reader);
    if (!isNext(reader, ')')) {
      throw afterCondition(reader, '")"');
    }
    reader.level -= 1;
    advance(reader);
    return condition;
  }
  return parseTest(reader);
}

/** Enters `not` or a parenthesis. The limit bounds the recursion here and in the database engines. */
function enter(reader: Reader): void {
  reader.level += 1;
  if (reader.level > MAXIMUM_LEVELS) {
    throw problemAt(
      'filters',
      reader.text,
      reader.token.start,
      `the filter is nested deeper than ${MAXIMUM_LEVELS} levels; every "(" and every "not" counts as one.`,
    );
  }
  advance(reader);
}

function parseTest(reader: Reader): Syntax {
  const start = reader.token;
  if (isWord(start, 'pr')) {
    advance(reader);
    const field = takeField(reader, 'a field after "pr"');
    countTerm(reader, start);
    return { kind: 'test', ...field, operator: 'pr', operatorIndex: start.start, values: [] };
  }
  const field = takeField(reader, 'a field, "not", "pr" or "("');
  const operatorIndex = reader.token.start;
  const operator = takeOperator(reader);
  const values = takeValues(reader, operator);
  if (values.length === 0) {
    countTerm(reader, start);
  }
  return { kind: 'test', ...field, operator, operatorIndex, values };
}

function takeField(reader: Reader, expected: string): { field: string; fieldIndex: number } {
  const { token } = reader;
  if (token.kind !== 'word' || KEYWORDS.includes(token.text)) {
    throw unexpected(reader, expected, token.kind === 'string' ? 'Fields are not quoted.' : undefined);
  }
  if (isMiswritten(token.text, ['not', 'pr'])) {
    throw unexpected(reader, expected, lowerCaseHint(token.text));
  }
  if (!FIELD.test(token.text)) {
    throw unexpected(
      reader,
      expected,
      'The name of a field consists of letters, digits, "_", "-" and dots, e.g. source.id.',
    );
  }
  if (isOperator(token.text) && !isOperator(nextToken(reader.text, token.end).text)) {
    throw unexpected(reader, expected, `The field comes before the operator, e.g. name ${token.text} …`);
  }
  advance(reader);
  return { field: token.text, fieldIndex: token.start };
}

function takeOperator(reader: Reader): Operator {
  const { token } = reader;
  if (token.kind !== 'word' || !isOperator(token.text)) {
    const hint = token.kind === 'word' && isMiswritten(token.text, OPERATORS) ? lowerCaseHint(token.text) : undefined;
    throw unexpected(reader, `an operator (${OPERATORS.join(', ')})`, hint);
  }
  advance(reader);
  return token.text;
}

function takeValues(reader: Reader, operator: Operator): Literal[] {
  if (operator === 'isnull' || operator === 'pr') {
    return [];
  }
  if (operator !== 'in' && operator !== 'ca') {
    return [takeValue(reader, `a value after "${operator}"`)];
  }
  const example = `Put the values in parentheses, e.g. ${operator} ("a", "b").`;
  if (!isNext(reader, '(')) {
    throw unexpected(reader, `"(" after "${operator}"`, example);
  }
  const values: Literal[] = [];
  do {
    advance(reader);
    values.push(takeValue(reader, 'a value'));
  } while (isNext(reader, ','));
  if (!isNext(reader, ')')) {
    throw unexpected(reader, '"," or ")"', example);
  }
  advance(reader);
  return values;
}

function takeValue(reader: Reader, expected: string): Literal {
  const { token } = reader;
  if (token.kind !== 'string' && (token.kind !== 'word' || KEYWORDS.includes(token.text))) {
    throw unexpected(reader, expected);
  }
  countTerm(reader, token);
  advance(reader);
  return { text: token.text, quoted: token.kind === 'string', index: token.start };
}

function countTerm(reader: Reader, token: Token): void {
  reader.terms += 1;
  if (reader.terms > MAXIMUM_TERMS) {
    throw problemAt(
      'filters',
      reader.text,
      token.start,
      `the filter has more than ${MAXIMUM_TERMS} terms; every value of a list counts as one. Use several requests.`,
    );
  }
}

function advance(reader: Reader): void {
  reader.previous = reader.token;
  reader.token = nextToken(reader.text, reader.token.end);
}

function isNext(reader: Reader, kind: Token['kind']): boolean {
  return reader.token.kind === kind;
}

function isWord(token: Token, word: string): boolean {
  return token.kind === 'word' && token.text === word;
}

function isMiswritten(word: string, keywords: readonly string[]): boolean {
  return !keywords.includes(word) && keywords.includes(word.toLowerCase());
}

function lowerCaseHint(word: string): string {
  return `Operators are lower-case: write ${word.toLowerCase()}.`;
}

/** Returns the error for a condition that is not followed by "and", "or" or its end. */
function afterCondition(reader: Reader, closing: string): MunimentError {
  return unexpected(reader, `"and", "or" or ${closing}`, hintAfterCondition(reader));
}

function hintAfterCondition({ token, previous }: Reader): string | undefined {
  if (token.kind === ')') {
    return 'It has no matching "(".';
  }
  if (token.kind === 'word' && isMiswritten(token.text, KEYWORDS)) {
    return lowerCaseHint(token.text);
  }
  if (token.kind === 'word' && /^\d\d:?\d\d$/.test(token.text)) {
    return 'In a URL, write the plus sign of a time zone as %2B.';
  }
  if (previous?.kind === 'string' && token.kind !== 'end' && previous.end === token.start) {
    return 'Write a double quote within a string as \\".';
  }
  if (previous?.kind === 'word' && token.kind === 'word' && !isOperator(previous.text)) {
    return 'Put a string with spaces in double quotes.';
  }
  return undefined;
}

function unexpected(reader: Reader, expected: string, hint?: string): MunimentError {
  const { token, text } = reader;
  const written = text.slice(token.start, token.end);
  const found =
    token.kind === 'end' ? 'the end of the filter' : token.kind === 'string' ? shortened(written) : shown(written);
  const advice = hint === undefined ? '' : ` ${hint}`;
  return problemAt('filters', text, token.start, `found ${found}, expected ${expected}.${advice}`);
}
