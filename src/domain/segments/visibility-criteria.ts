import { isDeepStrictEqual } from 'node:util';
import { illegalValue, type MunimentError } from '../../errors.ts';
import type { Expression, VisibilityCriteria } from '../../storage/segments/segments.ts';
import { shownValue } from '../shown-value.ts';

/** The maximum number of expressions in an AND. */
const mostChildren = 100;

/** An expression as clients send it, of which only the shape is checked. Null and absent mean the same. */
export interface ExpressionInput {
  readonly operator: 'AND' | 'EQUALS';
  readonly attribute?: string | null;
  readonly value?: { readonly type?: string | null; readonly value: string } | null;
  readonly children?: readonly ExpressionInput[] | null;
}

/**
 * The criteria as they are stored, without nulls. An expression is an EQUALS, or an AND of EQUALS: the contract has no
 * nested children.
 * @throws 400 that names the part and the allowed values
 */
export function checkedCriteria(criteria: { readonly expression?: ExpressionInput }): VisibilityCriteria {
  const place = 'visibilityCriteria.expression';
  const { expression } = criteria;
  if (expression === undefined) {
    throw illegalValue(`Field "${place}" is required. For no criteria, visibilityCriteria is null.`);
  }
  if (expression.operator === 'EQUALS') {
    return { expression: checkedTest(expression, place) };
  }
  const children = expression.children ?? [];
  if (children.length === 0 || children.length > mostChildren) {
    throw illegalValue(
      `Field "${place}.children" has ${children.length} expressions. With AND it must have 1 to ${mostChildren}.`,
    );
  }
  refuseMember(expression, place, 'attribute');
  refuseMember(expression, place, 'value');
  return {
    expression: {
      operator: 'AND',
      children: children.map((child, index) => checkedTest(child, `${place}.children.${index}`)),
    },
  };
}

/**
 * Checks that new criteria have no blank values: no identity has one, so they would hide entitlements from everyone.
 * Criteria that were stored before may stay.
 * @throws 400 that names the first blank value
 */
export function refuseBlankValues(criteria: VisibilityCriteria, before: VisibilityCriteria | null | undefined): void {
  if (isDeepStrictEqual(criteria, before)) {
    return;
  }
  for (const { place, test } of placedTests(criteria)) {
    const { value } = test.value;
    if (value.trim() === '') {
      throw wrong(
        `${place}.value.value`,
        value,
        'not be blank, because no identity has a blank value: send a value such as Austin, or leave this EQUALS out',
      );
    }
  }
}

/** An EQUALS. */
type Test = Extract<Expression, { readonly operator: 'EQUALS' }>;

/** Returns each EQUALS of criteria, and where it is. */
export function placedTests({ expression }: VisibilityCriteria): { readonly place: string; readonly test: Test }[] {
  const place = 'visibilityCriteria.expression';
  const placed =
    expression.operator === 'AND'
      ? expression.children.map((child, index) => ({ place: `${place}.children.${index}`, test: child }))
      : [{ place, test: expression }];
  return placed.flatMap(({ place: at, test }) => (test.operator === 'EQUALS' ? [{ place: at, test }] : []));
}

function checkedTest(expression: ExpressionInput, place: string): Expression {
  const { operator, attribute, value } = expression;
  if (operator !== 'EQUALS') {
    throw illegalValue(`Field "${place}.operator" is ${shownValue(operator)}. Within AND it must be EQUALS.`);
  }
  refuseMember(expression, place, 'children');
  if (attribute === undefined || attribute === null || attribute.trim() === '') {
    throw wrong(`${place}.attribute`, attribute, 'be the name of an attribute of identities, such as location');
  }
  if (value === undefined || value === null) {
    throw wrong(`${place}.value`, value, 'be an object such as {"type":"STRING","value":"Austin"}');
  }
  const type = value.type ?? 'STRING';
  if (type !== 'STRING') {
    throw wrong(`${place}.value.type`, type, 'be STRING');
  }
  return { operator, attribute, value: { type, value: value.value } };
}

function refuseMember(expression: ExpressionInput, place: string, member: 'attribute' | 'value' | 'children'): void {
  const value = expression[member];
  if (value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)) {
    throw wrong(`${place}.${member}`, value, `be null or absent with the operator ${expression.operator}`);
  }
}

function wrong(field: string, value: unknown, rule: string): MunimentError {
  return illegalValue(`Field "${field}" is ${shownValue(value)}. It must ${rule}.`);
}
