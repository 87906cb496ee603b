import { beforeAll, expect, test } from 'vitest';
import { describeStorage } from '../../../tests/support/engines.ts';
import { insertIdentity } from '../../storage/identities/identities.ts';
import type { VisibilityCriteria } from '../../storage/segments/segments.ts';
import { refuseUnknownAttributes } from './criteria-attributes.ts';

function criteriaOn(...attributes: readonly string[]): VisibilityCriteria {
  const children = attributes.map(
    (attribute) => ({ operator: 'EQUALS', attribute, value: { type: 'STRING', value: 'x' } }) as const,
  );
  return { expression: { operator: 'AND', children } };
}

describeStorage('the attributes in criteria', (database) => {
  const attempt = (criteria: VisibilityCriteria, before?: VisibilityCriteria): Promise<void> =>
    database().write((transaction) => refuseUnknownAttributes(transaction, criteria, before));

  beforeAll(async () => {
    await database().write((transaction) =>
      insertIdentity(transaction, {
        id: 'i1',
        alias: 'ada',
        name: 'Ada',
        email: null,
        attributes: { 'Shoe Size': '42' },
        capabilities: [],
        created: 1,
        modified: 1,
        version: 1,
      }),
    );
  });

  test('may be those of which an identity has a value, without a source', async () => {
    await attempt(criteriaOn('shoe size', 'Shoe Size', 'ID', 'location'));
    await expect(attempt(criteriaOn('id', 'hat size'))).rejects.toThrow(
      'Field "visibilityCriteria.expression.children.1.attribute" is "hat size", but no identity has an attribute of this name. It must be one of ',
    );
  });

  test('are not checked again if they were there before', async () => {
    await attempt(criteriaOn('Hat Size'), criteriaOn('hat size'));
    await expect(attempt(criteriaOn('hat size', 'hats'), criteriaOn('hat size'))).rejects.toThrow('"hats"');
  });

  test('are named if they are misspelt', async () => {
    await expect(attempt(criteriaOn('departemnt'))).rejects.toThrow('Write department.');
    await expect(attempt({ expression: criteriaOn('Mail').expression })).rejects.toThrow('Write email.');
  });
});
