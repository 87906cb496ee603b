/** The syntax tree of a filter: what was written, before any field or value is checked. */
import type { Operator } from '../../list-query.ts';

/** A value as it was written. `index` is its place in the text, from 0, in UTF-16 units. */
export type Literal = { readonly text: string; readonly quoted: boolean; readonly index: number };

export type SyntaxTest = {
  readonly kind: 'test';
  readonly field: string;
  readonly fieldIndex: number;
  readonly operator: Operator;
  readonly operatorIndex: number;
  readonly values: readonly Literal[];
};

/** `and` and `or` have two conditions or more. A group in parentheses is a node of its own. */
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

/** Whether a word is an operator. */
export function isOperator(word: string): word is Operator {
  return (OPERATORS as readonly string[]).includes(word);
}
