import { beforeAll, expect, test } from 'vitest';
import { addAccounts, addEntitlements, addIdentity, addSource } from '../../../tests/support/catalogue.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import type { Condition, ListQuery, Operator, Value } from '../../list-query.ts';
import { countAccounts, findAccounts } from './account-lists.ts';
import { findAccount } from './accounts.ts';

const everything: ListQuery = {
  condition: undefined,
  sorts: [],
  offset: 0,
  limit: 250,
  after: undefined,
  count: false,
};

function is(field: string, operator: Operator, ...values: Value[]): Condition {
  return { kind: 'test', field, operator, values };
}

describeStorage('lists of accounts', (database) => {
  let crm = '';
  let person = '';
  let ids: string[] = [];

  beforeAll(async () => {
    crm = await addSource(database(), 'CRM');
    const hr = await addSource(database(), 'Personnel');
    person = await addIdentity(database(), 'Ann Other');
    const inactive = await addIdentity(database(), 'Bob Inactive');
    await database().write(async ({ query }) => {
      await query.updateTable('source').set({ authoritative: 1, owner_id: person }).where('id', '=', hr).execute();
      await query.updateTable('source').set({ features: '["ENABLE","UNLOCK"]' }).where('id', '=', hr).execute();
      await query
        .updateTable('identity')
        .set({ identity_status: 'ACTIVE', lifecycle_state: 'active' })
        .where('id', '=', person)
        .execute();
      await query
        .updateTable('identity')
        .set({ identity_status: 'DEACTIVATED', is_correlated: 0 })
        .where('id', '=', inactive)
        .execute();
    });
    const [entitlement = ''] = await addEntitlements(database(), [{ source_id: crm, value: 'x' }]);
    ids = await addAccounts(database(), [
      { source_id: hr, native_identity: 'ANN', name: 'Ann', identity_id: person, uuid: 'U-2', created: 10 },
      { source_id: hr, native_identity: 'bob', identity_id: inactive, is_manually_correlated: 1, created: 20 },
      { source_id: crm, native_identity: 'ann.other', identity_id: person, entitlements: [entitlement], created: 30 },
      { source_id: crm, native_identity: 'nobody', name: 'Ännie', modified: 5, created: 40 },
    ]);
  });

  /** Returns the positions in `ids` of the accounts that match a filter. */
  async function positionsOf(condition: Condition): Promise<number[]> {
    const list = { ...everything, condition };
    const found = await findAccounts(database(), list);
    expect(await countAccounts(database(), list)).toBe(found.length);
    return found.map(({ id }) => ids.indexOf(id));
  }

  test.each<[string, () => Condition, number[]]>([
    ['id eq', () => is('id', 'eq', ids[1] ?? ''), [1]],
    ['id in', () => is('id', 'in', ids[1] ?? '', ids[3] ?? ''), [1, 3]],
    ['id sw', () => is('id', 'sw', (ids[0] ?? '').slice(0, 4)), [0, 1, 2, 3]],
    ['identityId eq', () => is('identityId', 'eq', person), [0, 2]],
    ['identityId sw', () => is('identityId', 'sw', person.slice(0, 31)), [0, 2]],
    ['not identityId', () => ({ kind: 'not', condition: is('identityId', 'eq', person) }), [1, 3]],
    ['name sw', () => is('name', 'sw', 'AN'), [0, 2]],
    ['nativeIdentity eq', () => is('nativeIdentity', 'eq', 'ann'), [0]],
    ['sourceId eq', () => is('sourceId', 'eq', crm), [2, 3]],
    ['hasEntitlements', () => is('hasEntitlements', 'eq', true), [2]],
    ['entitlements', () => is('entitlements', 'eq', false), [0, 1, 3]],
    ['uncorrelated', () => is('uncorrelated', 'eq', true), [3]],
    ['correlated', () => is('uncorrelated', 'eq', false), [0, 1, 2]],
    ['manuallyCorrelated', () => is('manuallyCorrelated', 'eq', true), [1]],
    ['origin', () => is('origin', 'in', 'AGGREGATED', 'PROVISIONED'), [0, 1, 2, 3]],
    ['identity.name', () => is('identity.name', 'sw', 'ann'), [0, 2]],
    ['not identity.name', () => ({ kind: 'not', condition: is('identity.name', 'sw', 'ann') }), [1, 3]],
    ['identity.correlated', () => is('identity.correlated', 'eq', false), [1]],
    ['identity.identityState', () => is('identity.identityState', 'eq', 'ACTIVE'), [0, 2]],
    ['source.displayableName', () => is('source.displayableName', 'in', 'crm'), [2, 3]],
    ['source.authoritative', () => is('source.authoritative', 'eq', true), [0, 1]],
    ['source.connectionType', () => is('source.connectionType', 'eq', 'file'), [0, 1, 2, 3]],
    ['recommendation.method', () => is('recommendation.method', 'isnull'), [0, 1, 2, 3]],
    ['recommendation.type', () => is('recommendation.type', 'eq', 'HUMAN'), []],
    ['created', () => is('created', 'ge', 30), [2, 3]],
    ['modified', () => is('modified', 'eq', 5), [3]],
  ])('filter %s', async (_title, condition, expected) => {
    expect(await positionsOf(condition())).toEqual(expected);
  });

  test.each<[string, number[]]>([
    ['id', [0, 1, 2, 3]],
    ['name', [0, 2, 1, 3]],
    ['nativeIdentity', [0, 2, 1, 3]],
    ['uuid', [1, 2, 3, 0]],
    ['created', [0, 1, 2, 3]],
    ['modified', [0, 1, 2, 3]],
    ['sourceId', [2, 3, 0, 1]],
    ['identityId', [3, 0, 2, 1]],
    ['identity.id', [3, 0, 2, 1]],
    ['manuallyCorrelated', [0, 2, 3, 1]],
    ['entitlements', [0, 1, 3, 2]],
    ['origin', [0, 1, 2, 3]],
    ['identity.name', [3, 0, 2, 1]],
    ['identity.identityState', [3, 0, 2, 1]],
    ['identity.correlated', [3, 1, 0, 2]],
    ['source.displayableName', [2, 3, 0, 1]],
    ['source.authoritative', [2, 3, 0, 1]],
    ['source.connectionType', [0, 1, 2, 3]],
  ])('sorter %s, ascending and descending', async (field, expected) => {
    const orderOf = async (descending: boolean) => {
      const found = await findAccounts(database(), { ...everything, sorts: [{ field, descending }] });
      return found.map(({ id }) => ids.indexOf(id));
    };
    expect(await orderOf(false)).toEqual(expected);
    expect(await orderOf(true)).toEqual(expected.toReversed());
  });

  test('an account has fields of its source and identity', async () => {
    expect(await findAccount(database().keyed, ids[0] ?? '')).toMatchObject({
      sourceName: 'Personnel',
      isAuthoritative: 1,
      connectionType: 'file',
      features: '["ENABLE","UNLOCK"]',
      sourceOwnerName: 'Ann Other',
      identityId: person,
      identityName: 'Ann Other',
      lifecycleState: 'active',
      identityState: 'ACTIVE',
    });
    expect(await findAccount(database().keyed, ids[3] ?? '')).toMatchObject({
      identityName: null,
      lifecycleState: null,
    });
    expect(await findAccount(database().keyed, 'nothing')).toBeUndefined();
  });
});
