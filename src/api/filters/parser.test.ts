import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MunimentError } from '../../errors.ts';
import { parseSyntax } from './parser.ts';
import { printSyntax } from './print.ts';
import { OPERATORS } from './syntax.ts';
import type { Literal, Syntax } from './syntax.ts';

/** Returns the tree without positions. */
function withoutPlaces(syntax: Syntax): Syntax {
  switch (syntax.kind) {
    case 'not':
      return { kind: 'not', condition: withoutPlaces(syntax.condition) };
    case 'test':
      return {
        ...syntax,
        fieldIndex: 0,
        operatorIndex: 0,
        values: syntax.values.map((value) => ({ ...value, index: 0 })),
      };
    default:
      return { kind: syntax.kind, conditions: syntax.conditions.map(withoutPlaces) };
  }
}

function parsed(text: string): Syntax {
  return withoutPlaces(parseSyntax(text));
}

/** Formats the shape of a tree: `(a and (not b))`. */
function shapeOf(syntax: Syntax): string {
  switch (syntax.kind) {
    case 'not':
      return `(not ${shapeOf(syntax.condition)})`;
    case 'test':
      return syntax.field;
    default:
      return `(${syntax.conditions.map(shapeOf).join(` ${syntax.kind} `)})`;
  }
}

function errorOf(text: string): string {
  try {
    parseSyntax(text);
  } catch (error) {
    expect(error).toBeInstanceOf(MunimentError);
    expect((error as MunimentError).status).toBe(400);
    return (error as MunimentError).message;
  }
  throw new Error(`This was read without an error: ${text}`);
}

const field = fc
  .stringMatching(/^[a-zA-Z_][\w-]{0,4}(\.[a-z_][\w-]{0,3}){0,2}$/)
  .filter((name) => ![...OPERATORS, 'and', 'or', 'not'].includes(name.toLowerCase()));
const literal: fc.Arbitrary<Literal> = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => ({ text: text.replaceAll('\0', ''), quoted: true, index: 0 })),
  fc.string({ unit: fc.constantFrom(...'"\\(),\' a') }).map((text) => ({ text, quoted: true, index: 0 })),
  fc
    .constantFrom('true', '7', '-1.5', '2026-05-31T12:00:00+02:00', '2c918084', 'eq', 'null')
    .map((text) => ({ text, quoted: false, index: 0 })),
);
const leaf = fc.tuple(field, fc.constantFrom(...OPERATORS)).chain(([name, operator]): fc.Arbitrary<Syntax> => {
  const [minLength, maxLength] =
    operator === 'isnull' || operator === 'pr' ? [0, 0] : operator === 'in' || operator === 'ca' ? [1, 4] : [1, 1];
  return fc
    .array(literal, { minLength, maxLength })
    .map((values) => ({ kind: 'test', field: name, fieldIndex: 0, operator, operatorIndex: 0, values }));
});
const { syntax } = fc.letrec<{ syntax: Syntax }>((tie) => ({
  syntax: fc.oneof(
    { maxDepth: 6, depthSize: 'medium' },
    leaf,
    fc.record({ kind: fc.constant('not' as const), condition: tie('syntax') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      conditions: fc.array(tie('syntax'), { minLength: 2, maxLength: 3 }),
    }),
  ),
}));

describe('a filter', () => {
  test('is the same after printing and parsing', () => {
    fc.assert(
      fc.property(syntax, (tree) => {
        expect(parsed(printSyntax(tree))).toEqual(tree);
      }),
      { numRuns: 1000 },
    );
  });

  test('with any text is parsed, or rejected with a 400', () => {
    const words = fc.constantFrom(
      'name',
      'eq',
      'in',
      'not',
      'and',
      'or',
      'pr',
      '(',
      ')',
      ',',
      '"a"',
      '"',
      '\\',
      "'",
      ' ',
      '5',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(words).map((parts) => parts.join(' ')),
        ),
        (text) => {
          try {
            parseSyntax(text);
          } catch (error) {
            expect(error).toBeInstanceOf(MunimentError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['a isnull and b isnull or c isnull and d isnull', '((a and b) or (c and d))'],
    ['not a isnull and b isnull', '((not a) and b)'],
    ['not (a isnull or b isnull) and c isnull', '((not (a or b)) and c)'],
    ['a isnull and (b isnull and c isnull)', '(a and (b and c))'],
    ['a isnull or b isnull or c isnull', '(a or b or c)'],
    ['not not a isnull', '(not (not a))'],
    ['((a isnull))', 'a'],
  ])('has the precedence not, and, or: %s', (text, shape) => {
    expect(shapeOf(parseSyntax(text))).toBe(shape);
  });

  test.each([
    ['pr name', 'name pr'],
    ['name in("a","b")', '  name\n in ( "a" ,\t"b" ) '],
    ['not(name eq"a")', 'not name eq "a"'],
    ['source.id eq 2c918084', 'source.id  eq  2c918084'],
  ])('%s means the same as %s', (one, other) => {
    expect(parsed(one)).toEqual(parsed(other));
  });

  test('has escapes for a double quote and a backslash', () => {
    const tree = parseSyntax(String.raw`name eq "a \"b\" C:\\d"`);
    expect(tree).toMatchObject({ values: [{ text: String.raw`a "b" C:\d`, quoted: true, index: 8 }] });
  });
});

describe('the limits of a filter', () => {
  test('are 500 terms, counting every value of a list', () => {
    expect(() => parseSyntax(Array(500).fill('pr a').join(' or '))).not.toThrow();
    expect(() => parseSyntax(`a in (${Array(500).fill('1').join()})`)).not.toThrow();
    expect(errorOf(Array(501).fill('pr a').join(' or '))).toContain(
      'position 4001: the filter has more than 500 terms',
    );
    expect(errorOf(`a in (${Array(501).fill('1').join()})`)).toContain('position 1007: the filter has more than 500');
  });

  test('are 64 levels', () => {
    expect(() => parseSyntax(`${'('.repeat(64)}pr a${')'.repeat(64)}`)).not.toThrow();
    expect(() => parseSyntax(`${'not '.repeat(64)}pr a`)).not.toThrow();
    expect(errorOf(`${'('.repeat(65)}pr a${')'.repeat(65)}`)).toContain('position 65: the filter is nested deeper');
  });

  test('count nesting, not closed groups', () => {
    expect(() => parseSyntax(Array(200).fill('(not pr a)').join(' and '))).not.toThrow();
  });

  test.each(['(', 'not ', 'not(', 'a eq "', '"', '\\', ',', 'pr a and ', 'a in ('])(
    'hold against 100,000 times %s',
    (piece) => {
      expect(errorOf(piece.repeat(100_000))).toMatch(/^filters, position \d+: /);
    },
  );
});

describe('a syntax error has the position, what was found and what was expected', () => {
  const operators = 'expected an operator (eq, ne, gt, ge, lt, le, sw, co, in, ca, isnull, pr).';
  test.each([
    ['name EQ "a"', `filters, position 6: found "EQ", ${operators} Operators are lower-case: write eq.`],
    ['name = "a"', `filters, position 6: found "=", ${operators}`],
    ['name', `filters, position 5: found the end of the filter, ${operators}`],
    ['name eq', 'filters, position 8: found the end of the filter, expected a value after "eq".'],
    ['name eq and', 'filters, position 9: found "and", expected a value after "eq".'],
    [
      'name eq "a" AND pr b',
      'filters, position 13: found "AND", expected "and", "or" or the end of the filter. Operators are lower-case: write and.',
    ],
    [
      'NOT pr a',
      'filters, position 1: found "NOT", expected a field, "not", "pr" or "(". Operators are lower-case: write not.',
    ],
    ['(pr a', 'filters, position 6: found the end of the filter, expected "and", "or" or ")".'],
    ['pr a)', 'filters, position 5: found ")", expected "and", "or" or the end of the filter. It has no matching "(".'],
    ['pr a and', 'filters, position 9: found the end of the filter, expected a field, "not", "pr" or "(".'],
    ['pr (a)', 'filters, position 4: found "(", expected a field after "pr".'],
    [
      'isnull a',
      'filters, position 1: found "isnull", expected a field, "not", "pr" or "(". The field comes before the operator, e.g. name isnull …',
    ],
    [
      '"name" eq "a"',
      'filters, position 1: found "name", expected a field, "not", "pr" or "(". Fields are not quoted.',
    ],
    [
      'a..b eq 1',
      'filters, position 1: found "a..b", expected a field, "not", "pr" or "(". The name of a field consists of letters, digits, "_", "-" and dots, e.g. source.id.',
    ],
    [
      'id in "a"',
      'filters, position 7: found "a", expected "(" after "in". Put the values in parentheses, e.g. in ("a", "b").',
    ],
    ['id in ()', 'filters, position 8: found ")", expected a value.'],
    ['id in ("a",)', 'filters, position 12: found ")", expected a value.'],
    [
      'id in ("a" "b")',
      'filters, position 12: found "b", expected "," or ")". Put the values in parentheses, e.g. in ("a", "b").',
    ],
    [
      'name eq Payroll Admins',
      'filters, position 17: found "Admins", expected "and", "or" or the end of the filter. Put a string with spaces in double quotes.',
    ],
    [
      'name eq "a""b"',
      String.raw`filters, position 12: found "b", expected "and", "or" or the end of the filter. Write a double quote within a string as \".`,
    ],
    [
      'created gt 2026-01-01T00:00:00 02:00',
      'filters, position 32: found "02:00", expected "and", "or" or the end of the filter. In a URL, write the plus sign of a time zone as %2B.',
    ],
    ['name eq "abc', 'filters, position 9: the string that starts here has no closing double quote.'],
    [
      String.raw`name eq "CORP\Admins"`,
      String.raw`filters, position 14: found "\A". A backslash may only precede a double quote or a backslash: write \\ for a backslash.`,
    ],
    ["name eq 'a'", `filters, position 9: found '. Use straight double quotes for strings: "abc".`],
    ['name eq “a”', 'filters, position 9: found “. Use straight double quotes for strings: "abc".'],
    ['name eq "😀" b', 'filters, position 13: found "b", expected "and", "or" or the end of the filter.'],
    ['name eq "a\0"', 'filters, position 11: found a NUL character, which is not allowed. Remove it.'],
    ['name eq "\ud800"', 'filters, position 10: found an unpaired surrogate, which is not allowed. Remove it.'],
    [' ', 'filters is empty. Omit it, or write a condition, e.g. name eq "abc".'],
  ])('%s', (text, message) => {
    expect(errorOf(text)).toBe(message);
  });

  test('and shortens long texts', () => {
    expect(errorOf(`name ${'x'.repeat(10_000)}`)).toContain(`found "${'x'.repeat(60)}…", expected`);
  });
});
