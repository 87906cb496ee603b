/** Converts a syntax tree to a condition: checks the fields that an operation allows, and their types. */
import type { MunimentError } from '../../errors.ts';
import type { Condition, Operator, Value } from '../../list-query.ts';
import { parseDatePrefix } from './dates.ts';
import { problemAt, shown } from './problem.ts';
import type { Literal, Syntax, SyntaxTest } from './syntax.ts';
import { formOf, valueOf } from './values.ts';
import type { FieldType } from './values.ts';

/** The operators that are valid for a type. */
type OperatorOf = {
  string: Exclude<Operator, 'ca'>;
  id: Exclude<Operator, 'ca'>;
  /** `sw` accepts a year, month, day, minute or second. */
  date: Exclude<Operator, 'ca' | 'co'>;
  number: Exclude<Operator, 'ca' | 'co' | 'sw'>;
  boolean: 'eq' | 'ne' | 'in' | 'isnull' | 'pr';
  /** `co`: the value is a substring of a member. */
  set: 'ca' | 'co' | 'isnull' | 'pr';
};

/** A filter field of an operation, with its operators. */
export type FilterField = {
  [Type in FieldType]: {
    readonly type: Type;
    readonly operators: readonly OperatorOf[Type][];
    /** For a `string`: its possible values; `eq`, `ne` and `in` accept no others. */
    readonly values?: readonly string[];
  };
}[FieldType];

/** The filter fields of an operation, by contract name. */
export type FilterFields = Readonly<Record<string, FilterField>>;

type Context = { readonly text: string; readonly fields: FilterFields };

/**
 * Returns the condition for a syntax tree. `text` is the filter's text, for the positions in errors.
 * Throws a 400 for a field, operator or value that is not allowed; the message lists those allowed.
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
      `"${field}" does not support the operator "${operator}". Its operators are ${operators.join(', ')}.`,
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

/** Rejects values that the field never has: the filter would silently match nothing. */
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
      `${shown(field)} is not a filter field here. The fields are ${allowed}.`,
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

/** Strings must be quoted, other values may be. An unquoted null is not the string "null". */
function isMisquoted(type: FieldType, { text, quoted }: Literal): boolean {
  return !quoted && (type === 'string' || type === 'set' || text === 'null');
}

/** Matches dates within a year, month, day, minute or second. */
function beginsWithDate(test: SyntaxTest, context: Context): Condition {
  const { field } = test;
  const conditions = test.values.flatMap((literal): Condition[] => {
    const range = parseDatePrefix(literal.text);
    if (range === null) {
      const expected = 'the start of a date and time in UTC, e.g. 2026, 2026-05, 2026-05-31 or 2026-05-31T12:30';
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
    hint = operators.includes('isnull') ? ` To match null, write ${field} isnull.` : ' Null cannot be matched here.';
  } else if (!literal.quoted && expected === formOf('string')) {
    hint = ` Write ${shown(literal.text)}.`;
  } else if (/ \d\d:?\d\d$/.test(literal.text)) {
    hint = ' In a URL, write the plus sign of a time zone as %2B.';
  }
  const problem = `the value of "${field}" is ${shown(literal.text)}, expected ${expected}.${hint}`;
  return problemAt('filters', text, literal.index, problem);
}
