import type { Condition, ListQuery, Sort, Value } from '../../list-query.ts';
import { columnOf, type Columns } from '../query/condition.ts';
import { closeOrder } from '../query/order.ts';
import { columnsByAccount, columnsOfMemberships, testingExceptions } from './connection-columns.ts';
import { keyOf } from './connection-key.ts';

/** How a list of connections is found. */
export interface ConnectionPlan {
  readonly list: ListQuery;
  readonly columns: Columns;
  /** Whether to find accounts first and then their memberships. */
  readonly byAccount: boolean;
  /** Whether the order needs the effective privileges joined. */
  readonly needsPrivileges: boolean;
}

/** Returns how to find the connections of a list with the names of the contract. */
export function planOf(list: ListQuery): ConnectionPlan {
  const condition = list.condition === undefined ? undefined : testingExceptions(list.condition);
  const byAccount = findsByAccount(condition, list.sorts);
  const order = keysOf(list);
  const last = order.at(-1)?.sort.field ?? 'entitlement.id';
  const columns = byAccount ? columnsByAccount : columnsOfMemberships;
  return {
    list: {
      ...list,
      condition,
      sorts: order.map(({ sort }, index) => (index === order.length - 1 ? { ...sort, field: 'id' } : sort)),
      after: list.after === undefined ? undefined : order.map(({ after = null }) => after),
    },
    // The last key, by its name in every order.
    columns: { ...columns, id: columnOf(columns, last) },
    byAccount,
    needsPrivileges: order.some(({ sort }) => sort.field === 'entitlement.privilegeLevel.effective'),
  };
}

interface Key {
  readonly sort: Sort;
  /** The value in the last row of the previous page. */
  readonly after: Value | null | undefined;
}

/** Returns the sort keys, with the account and the entitlement in place of the id that they make up. */
function keysOf({ sorts, after }: ListQuery): Key[] {
  const keys: Key[] = [];
  for (const [index, sort] of closeOrder(sorts).entries()) {
    const value = after?.[index];
    if (isAlwaysNull(sort.field) && (value ?? null) === null) {
      continue;
    }
    if (sort.field !== 'id') {
      keys.push({ sort, after: value });
      continue;
    }
    const key = keyOf(String(value ?? ''));
    const parts = [
      { sort: { ...sort, field: 'account.id' }, after: key.accountId },
      { sort: { ...sort, field: 'entitlement.id' }, after: key.entitlementId },
    ];
    keys.push(...parts.filter((part) => !keys.some((known) => known.sort.field === part.sort.field)));
  }
  return keys;
}

/** Whether no connection has a value of this field: it does not change the order. */
function isAlwaysNull(field: string): boolean {
  return field === 'state.value' || field.startsWith('jit.');
}

/** The fields whose tests leave few accounts, entitlements or connections. */
const narrow = [
  'account.id',
  'account.name',
  'identity.id',
  'identity.name',
  'entitlement.id',
  'entitlement.value',
  'entitlement.privilegeLevel.effective',
  'type',
  'standalone',
];

/** Whether the index of accounts by source or by name gives the rows in the order of the list. */
function findsByAccount(condition: Condition | undefined, sorts: readonly Sort[]): boolean {
  const tests = condition === undefined ? [] : necessaryTests(condition);
  if (tests.some(({ field }) => narrow.includes(field))) {
    return false;
  }
  const isOfOneSource = tests.some(({ field, operator }) => field === 'source.id' && operator === 'eq');
  return isOfOneSource || ['account.name', 'source.id'].includes(sorts[0]?.field ?? '');
}

type Test = Extract<Condition, { kind: 'test' }>;

/** Returns tests that every matching row passes. */
function necessaryTests(condition: Condition): readonly Test[] {
  switch (condition.kind) {
    case 'test':
      return [condition];
    case 'and':
      return condition.conditions.flatMap(necessaryTests);
    default:
      return [];
  }
}
