import type { Condition, Value } from '../../list-query.ts';
import { privilegeLevels } from '../entitlements/entitlement-privileges.ts';
import { fold } from '../query/fold.ts';
import { connectionTypes } from './connection-columns.ts';

/**
 * Tests of a field with few possible values are written as tests for the exceptions from the default, which few
 * connections have: `type eq "STANDING"` becomes `not (type in ("JIT", "NA"))`.
 */

/** The fields with few possible values: these, and the one of most connections. */
const fewValues: Readonly<Record<string, { readonly values: readonly Value[]; readonly usual: Value }>> = {
  type: { values: connectionTypes, usual: 'STANDING' },
  standalone: { values: [true, false], usual: true },
  'entitlement.privilegeLevel.effective': { values: privilegeLevels, usual: 'NONE' },
};

/** Rewrites the tests of fields with few possible values as tests for the exceptions. */
export function testingExceptions(condition: Condition): Condition {
  switch (condition.kind) {
    case 'not':
      return { kind: 'not', condition: testingExceptions(condition.condition) };
    case 'test': {
      const known = fewValues[condition.field];
      if (known === undefined) {
        return condition;
      }
      const matches = (value: Value): boolean => holds(condition, value);
      const isUsual = matches(known.usual);
      const exceptions = known.values.filter((value) => value !== known.usual && matches(value) !== isUsual);
      const test: Condition = { kind: 'test', field: condition.field, operator: 'in', values: exceptions };
      return isUsual ? { kind: 'not', condition: test } : test;
    }
    default:
      return { kind: condition.kind, conditions: condition.conditions.map(testingExceptions) };
  }
}

/** Whether a test is true for a value. */
function holds({ operator, values }: Extract<Condition, { kind: 'test' }>, value: Value): boolean {
  const folded = fold(String(value));
  return values.some((wanted) => {
    const part = fold(String(wanted));
    return operator === 'co' ? folded.includes(part) : folded === part;
  });
}
