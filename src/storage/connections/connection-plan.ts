import type { Condition, ListQuery, Sort, Value } from '../../list-query.ts';
import { columnOf } from '../query/condition.ts';
import { closeOrder } from '../query/order.ts';
import {
  columnsByAccount,
  columnsByEntitlement,
  type ConnectionColumns,
  columnsOfMemberships,
} from './connection-columns.ts';
import { testingExceptions } from './connection-exceptions.ts';
import type { Joined, Start } from './connection-joins.ts';
import { keyOf } from './connection-key.ts';

/** How a list of connections is found. */
export interface ConnectionPlan {
  readonly list: ListQuery;
  readonly columns: ConnectionColumns;
  readonly start: Start;
  /** The other tables that the order needs. */
  readonly joins: ReadonlySet<Joined>;
}

const columnsFrom: Readonly<Record<Start, ConnectionColumns>> = {
  account_entitlement: columnsOfMemberships,
  account: columnsByAccount,
  entitlement: columnsByEntitlement,
};

/** Returns how to find the connections of a list with the names of the contract. */
export function planOf(list: ListQuery): ConnectionPlan {
  const condition = list.condition === undefined ? undefined : testingExceptions(list.condition);
  const order = keysOf(list);
  const last = order.at(-1)?.sort.field ?? 'entitlement.id';
  const start = startOf(condition, order[0]?.sort.field);
  const columns = columnsFrom[start];
  return {
    list: {
      ...list,
      condition,
      sorts: order.map(({ sort }, index) => (index === order.length - 1 ? { ...sort, field: 'id' } : sort)),
      after: list.after === undefined ? undefined : order.map(({ after = null }) => after),
    },
    // The last key, by its name in every order.
    columns: { ...columns, id: columnOf(columns, last) },
    start,
    joins: new Set(order.flatMap(({ sort }) => columns[sort.field]?.joins ?? []).filter((table) => table !== start)),
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

/** The first sort fields for which a list begins with accounts or entitlements: it sorts these, or has an index. */
const startBySort: Readonly<Record<string, Start>> = {
  'account.name': 'account',
  'identity.id': 'account',
  'identity.name': 'account',
  'source.id': 'account',
  'source.name': 'account',
  'entitlement.displayName': 'entitlement',
  'entitlement.attribute': 'entitlement',
};

/**
 * Returns the table that a list begins with: that of the first sort field, or the accounts of one source. Tests that leave
 * few rows are better served by the memberships.
 */
function startOf(condition: Condition | undefined, firstSort: string | undefined): Start {
  const tests = condition === undefined ? [] : necessaryTests(condition);
  if (tests.some(({ field }) => narrow.includes(field))) {
    return 'account_entitlement';
  }
  const isOfOneSource = tests.some(({ field, operator }) => field === 'source.id' && operator === 'eq');
  return startBySort[firstSort ?? ''] ?? (isOfOneSource ? 'account' : 'account_entitlement');
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
