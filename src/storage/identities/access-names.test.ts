import { expect, test } from 'vitest';
import { describeStorage } from '../../../tests/support/engines.ts';
import { newEntitlement } from '../entitlements/entitlement-record.ts';
import { findEntitlementsByKey } from './access-names.ts';

describeStorage('the names of what identities had access to', (database) => {
  test('are read from tombstones of earlier versions, which lack later columns', async () => {
    const id = 'e'.repeat(32);
    const truth = { displayName: 'Admins', description: null, privilege: null, permissions: null };
    const entitlement = newEntitlement(
      { sourceId: 's', type: 'group' },
      { ...truth, value: 'admins', attributes: '{}', parents: [], fingerprint: '' },
      id,
      0,
    );
    const later = ['tags', 'request_config', 'has_segments'];
    const stored = JSON.stringify(
      Object.fromEntries(Object.entries(entitlement).filter(([column]) => !later.includes(column))),
    );
    await database().write(async ({ query }) => {
      await query
        .insertInto('entitlement_tombstone')
        .values({ id, source_id: 's', type: 'group', value: 'admins', deleted: 1, task_id: null, entitlement: stored })
        .execute();
    });
    expect(await findEntitlementsByKey(database().keyed, 's', 'group', ['admins', 'others'])).toMatchObject([
      { id, value: 'admins', state: { displayName: 'Admins', tags: null, requestConfig: null } },
    ]);
  });
});
