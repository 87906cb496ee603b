/** Syntax tree → condition: the allow-list of an operation, and the types of its fields. */
import type { MunimentError } from '../../errors.ts';
import type { Condition, Operator, Value } from '../../list-query.ts';
import { parseDatePrefix } from './dates.ts';
import { problemAt, shown } from './problem.ts';
import type { Literal, Syntax, SyntaxTest } from './syntax.ts';
import { formOf, valueOf } from './values.ts';
import type { FieldType } from './values.ts';

/** The operators that make sense for a type of field. */
type OperatorOf = {
  string: Exclude<Operator, 'ca'>;
  id: Exclude<Operator, 'ca'>;
  /** `sw` takes a year, month, day, minute or second. */
  date: Exclude<Operator, 'ca' | 'co'>;
  number: Exclude<Operator, 'ca' | 'co' | 'sw'>;
  boolean: 'eq' | 'ne' | 'in' | 'isnull' | 'pr';
  /** `co`: the value is part of a member. */
  set: 'ca' | 'co' | 'isnull' | 'pr';
};

/** One field that an operation documents for its filters, with the operators documented for it. */
export type FilterField = {
  [Type in FieldType]: {
    readonly type: Type;
    readonly operators: readonly OperatorOf[Type][];
    /** Of a `string`: all values there are; `eq`, `ne` and `in` take no other. */
    readonly values?: readonly string[];
  };
}[FieldType];

/** The fields that an operation documents for its filters, by their names in the contract. */
export type FilterFields = Readonly<Record<string, FilterField>>;

type Context = { readonly text: string; readonly fields: FilterFields };

/**
 * The condition that a syntax tree stands for. `text` is what it was read from, for the positions in errors.
 * 400 for a field, an operator or a value that is not allowed; the error names it and says what is.
 */
export function checkSyntax(syntax: Syntax, text: string, fields: FilterFields): Condition {
  return check(syntax, { text, fields });
}

function check(syntax: Syntax, context: Context): Condition {
  switch (syntax.kind) {
    case 'test':
      return checkTest(syntax, context);
    case 'not':
      return { kind: 'not', condition: check(syntax.condition, context) };
    default:
      return { kind: syntax.kind, conditions: syntax.conditions.map((part) => check(part, context)) };
  }
}

function checkTest(test: SyntaxTest, context: Context): Condition {
  const { field, operator, values } = test;
  const { type, operators, values: known } = fieldOf(test, context);
  if (!(operators as readonly Operator[]).includes(operator)) {
    throw problemAt(
      'filters',
      context.text,
      test.operatorIndex,
      `"${field}" cannot be filtered with "${operator}". Its operators are ${operators.join(', ')}.`,
    );
  }
  if (type === 'date' && operator === 'sw') {
    return beginsWithDate(test, context);
  }
  if (known !== undefined && ['eq', 'ne', 'in'].includes(operator)) {
    refuseUnknown(test, known, context);
  }
  return { kind: 'test', field, operator, values: values.map((value) => checkValue(test, type, value, context)) };
}

/** A value that the field never has would find nothing for ever, without a word. */
function refuseUnknown(test: SyntaxTest, known: readonly string[], context: Context): void {
  const wrong = test.values.find(
    ({ text, quoted }) => quoted && !known.some((value) => value.toLowerCase() === text.toLowerCase()),
  );
  if (wrong !== undefined) {
    throw wrongValue(test, `one of ${known.map((value) => `"${value}"`).join(', ')}`, wrong, context);
  }
}

function fieldOf({ field, fieldIndex }: SyntaxTest, { text, fields }: Context): FilterField {
  const found = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (found === undefined) {
    const allowed = Object.keys(fields).join(', ');
    throw problemAt(
      'filters',
      text,
      fieldIndex,
      `${shown(field)} is no field to filter by here. The fields are ${allowed}.`,
    );
  }
  return found;
}

function checkValue(test: SyntaxTest, type: FieldType, literal: Literal, context: Context): Value {
  const value = isMisquoted(type, literal) ? undefined : valueOf(type, literal.text);
  if (value === undefined) {
    throw wrongValue(test, formOf(type), literal, context);
  }
  return value;
}

/** Texts are quoted; everything else may be. An unquoted null is not the text "null". */
function isMisquoted(type: FieldType, { text, quoted }: Literal): boolean {
  return !quoted && (type === 'string' || type === 'set' || text === 'null');
}

/** A date's text begins with another: it lies in that year, month, day, minute or second. */
function beginsWithDate(test: SyntaxTest, context: Context): Condition {
  const { field } = test;
  const conditions = test.values.flatMap((literal): Condition[] => {
    const range = parseDatePrefix(literal.text);
    if (range === null) {
      const expected = 'the beginning of a date and time in UTC, e.g. 2026, 2026-05, 2026-05-31 or 2026-05-31T12:30';
      throw wrongValue(test, expected, literal, context);
    }
    return [
      { kind: 'test', field, operator: 'ge', values: [range.start] },
      { kind: 'test', field, operator: 'lt', values: [range.end] },
    ];
  });
  return { kind: 'and', conditions };
}

function wrongValue(test: SyntaxTest, expected: string, literal: Literal, { text, fields }: Context): MunimentError {
  const { field } = test;
  let hint = '';
  if (!literal.quoted && literal.text === 'null') {
    const operators: readonly Operator[] = fields[field]?.operators ?? [];
    hint = operators.includes('isnull')
      ? ` To ask for null, write ${field} isnull.`
      : ' It cannot be asked for null here.';
  } else if (!literal.quoted && expected === formOf('string')) {
    hint = ` Write ${shown(literal.text)}.`;
  } else if (/ \d\d:?\d\d$/.test(literal.text)) {
    hint = ' In a URL the plus sign of a time zone is written %2B.';
  }
  const problem = `"${field}" is compared with ${shown(literal.text)}, expected ${expected}.${hint}`;
  return problemAt('filters', text, literal.index, problem);
}
