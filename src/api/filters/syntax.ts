/** The syntax tree of a filter, before its fields and values are checked. */
import type { Operator } from '../../list-query.ts';

/** A value as written. `index` is its position in the text, from 0, in UTF-16 units. */
export type Literal = { readonly text: string; readonly quoted: boolean; readonly index: number };

export type SyntaxTest = {
  readonly kind: 'test';
  readonly field: string;
  readonly fieldIndex: number;
  readonly operator: Operator;
  readonly operatorIndex: number;
  readonly values: readonly Literal[];
};

/** `and` and `or` have at least two conditions. A group in parentheses is a separate node. */
export type Syntax =
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Syntax[] }
  | { readonly kind: 'not'; readonly condition: Syntax }
  | SyntaxTest;

/** The operators of the filter grammar (contract §0, "Collections"), in the order in which errors list them. */
export const OPERATORS: readonly Operator[] = [
  'eq',
  'ne',
  'gt',
  'ge',
  'lt',
  'le',
  'sw',
  'co',
  'in',
  'ca',
  'isnull',
  'pr',
];

/** Returns whether a word is an operator. */
export function isOperator(word: string): word is Operator {
  return (OPERATORS as readonly string[]).includes(word);
}
