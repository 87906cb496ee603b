import { describe, expect, test } from 'vitest';
import { contractFamilies, type Family } from '../families.ts';
import { readListQuery } from '../list-parameters.ts';
import { factsFor, type Operation } from '../operation.ts';
import { listEntitlementChildren } from './list-entitlement-children.ts';
import { listEntitlementParents } from './list-entitlement-parents.ts';
import { listEntitlements } from './list-entitlements.ts';

const values = {
  id: '"a"',
  name: '"a"',
  type: '"a"',
  attribute: '"a"',
  value: '"a"',
  'source.id': '"a"',
  requestable: 'true',
  created: '2026-01-31T12:00:00Z',
  modified: '2026-01-31',
  'owner.id': '"a"',
  'privilegeLevel.direct': '"HIGH"',
  tags: '"a"',
} as const;
const operators = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'sw', 'co', 'in', 'ca', 'isnull', 'pr'];

/** The filters of contract A.1 as `field operator`. */
const documented = [
  ...['id', 'type', 'attribute', 'source.id'].flatMap((field) => [`${field} eq`, `${field} in`]),
  ...['name', 'value'].flatMap((field) => [`${field} eq`, `${field} in`, `${field} sw`]),
  'requestable eq',
  ...['created', 'modified'].flatMap((field) => ['gt', 'lt', 'ge', 'le'].map((operator) => `${field} ${operator}`)),
];
const ofOwner = ['owner.id eq', 'owner.id in'];
const sorters = ['id', 'name', 'created', 'modified', 'type', 'attribute', 'value', 'source.id'];
const isNew = (family: Family): boolean => family === 'v2026' || family === 'v1';

function statusOf(operation: Operation, family: Family, query: Record<string, unknown>): number {
  const { collection } = factsFor(operation, family);
  if (collection === undefined) {
    throw new Error('A list has no collection.');
  }
  try {
    readListQuery(collection, query);
    return 200;
  } catch (error) {
    return (error as { status: number }).status;
  }
}

const lists: [string, Operation, boolean][] = [
  ['listEntitlements', listEntitlements, true],
  ['listEntitlementParents', listEntitlementParents, false],
  ['listEntitlementChildren', listEntitlementChildren, false],
];

describe.each(contractFamilies)('the lists in %s', (family) => {
  test.each(lists)('%s supports exactly the documented filters', (_name, operation, isMain) => {
    const accepted: string[] = [];
    for (const [field, value] of Object.entries(values)) {
      for (const operator of operators) {
        const operand =
          operator === 'isnull' || operator === 'pr'
            ? ''
            : operator === 'in' || operator === 'ca'
              ? ` (${value})`
              : ` ${value}`;
        const filters = operator === 'pr' ? `pr ${field}` : `${field} ${operator}${operand}`;
        const status = statusOf(operation, family, { filters });
        if (status === 200) {
          accepted.push(`${field} ${operator}`);
        }
      }
    }
    const expected = [
      ...documented,
      ...(isMain || isNew(family) ? ofOwner : []),
      ...(isNew(family) ? ['privilegeLevel.direct eq', 'tags eq'] : []),
    ];
    expect(accepted.toSorted()).toEqual(expected.toSorted());
  });

  test.each(lists)('%s supports exactly the documented sorters', (_name, operation, isMain) => {
    const expected = [...sorters, ...(isMain || isNew(family) ? ['requestable'] : [])];
    const all = [...sorters, 'requestable', 'owner.id', 'privileged', 'description', 'tags', 'privilegeLevel.direct'];
    expect(all.filter((sorter) => statusOf(operation, family, { sorters: `-${sorter}` }) === 200)).toEqual(expected);
  });

  test.each(lists)('%s has searchAfter from v2026 on', (_name, operation) => {
    expect(factsFor(operation, family).collection?.searchAfter === true).toBe(isNew(family));
  });
});
