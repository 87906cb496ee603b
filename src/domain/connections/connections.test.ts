import { expect, test } from 'vitest';
import { addAccounts, addEntitlements, addIdentity, addSource } from '../../../tests/support/catalogue.ts';
import { changesOf } from '../../../tests/support/changes.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import { addReasons } from '../../storage/connections/connection-reasons.ts';
import type { Database } from '../../storage/database.ts';
import { invariants } from '../../storage/invariants/invariants.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { removeAccounts } from '../removal/account-removal.ts';
import { deleteSourceData } from '../removal/source-deletion.ts';
import { changeConnection, connectionId, setConnectionTypes, versionOf } from './connections.ts';

const context: ChangeContext = { actorId: 'someone', clientId: null, taskId: null, trackingId: null };
const options = { ifMatch: undefined, context };

/** Adds a source with one entitlement and this number of accounts that hold it. Returns the ids. */
async function addHolders(database: Database, name: string, accounts: number) {
  const sourceId = await addSource(database, name, { group: 'groups' });
  const [entitlementId = ''] = await addEntitlements(database, [{ source_id: sourceId, value: 'all' }]);
  const accountIds = await addAccounts(
    database,
    Array.from({ length: accounts }, (_, index) => ({
      source_id: sourceId,
      native_identity: `${index}`,
      entitlements: [entitlementId],
    })),
  );
  return {
    sourceId,
    entitlementId,
    accountIds,
    ids: accountIds.map((accountId) => connectionId({ accountId, entitlementId })),
  };
}

/** The number of rows of what is stored for the connections of an entitlement. */
async function storedFor(database: Database, entitlementId: string): Promise<number[]> {
  return Promise.all(
    (['connection', 'connection_reason'] as const).map(async (table) => {
      const rows = await database.keyed.query
        .selectFrom(table)
        .select('account_id')
        .where('entitlement_id', '=', entitlementId)
        .execute();
      return rows.length;
    }),
  );
}

describeStorage('connections', (database) => {
  test('a change is stored once, with its version and its record', async () => {
    const { ids } = await addHolders(database(), 'Once', 1);
    const [id = ''] = ids;
    const first = await changeConnection(database(), { id }, () => 'STANDING', { ...options, ifMatch: 0 });
    expect([versionOf(first), await changesOf(database(), id)]).toEqual([0, []]);
    const second = await changeConnection(database(), { id }, () => 'JIT', { ...options, ifMatch: 0 });
    expect([versionOf(second), second.row.type, second.set?.version]).toEqual([1, 'JIT', 1]);
    expect(versionOf(await changeConnection(database(), { id }, ({ row }) => row.type as 'JIT', options))).toBe(1);
    const third = await changeConnection(database(), { id }, () => 'STANDING', { ...options, ifMatch: 1 });
    expect(versionOf(third)).toBe(2);
    expect(
      (await changesOf(database(), id)).map(({ kind, before, after, actorId }) => [kind, before, after, actorId]),
    ).toEqual([
      ['created', null, expect.stringContaining('"type":"JIT"'), 'someone'],
      ['updated', '{"type":"JIT"}', '{"type":"STANDING"}', 'someone'],
    ]);
  });

  test('of concurrent changes of one version only one succeeds', async () => {
    const { ids } = await addHolders(database(), 'Concurrent', 1);
    const [id = ''] = ids;
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'c'].map(() => changeConnection(database(), { id }, () => 'JIT', { ...options, ifMatch: 0 })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await changesOf(database(), id)).toHaveLength(1);
  });

  test('in a bulk update the last change of a connection counts', async () => {
    const { ids } = await addHolders(database(), 'Bulk', 2);
    const [first = '', second = ''] = ids;
    const changes = [
      { connectionId: first, type: 'JIT' },
      { connectionId: second, type: 'JIT' },
      { connectionId: `${first}0`, type: 'JIT' },
      { connectionId: first, type: 'STANDING' },
    ] as const;
    expect(await setConnectionTypes(database(), changes, context)).toEqual([true, true, false, true]);
    const kinds = async (id: string): Promise<string[]> => (await changesOf(database(), id)).map(({ kind }) => kind);
    expect([await kinds(first), await kinds(second)]).toEqual([['created', 'updated'], ['created']]);
    expect(await setConnectionTypes(database(), [], context)).toEqual([]);
  });

  test('the identity must be that of the account, also if there is none', async () => {
    const { ids, accountIds, entitlementId, sourceId } = await addHolders(database(), 'Identity', 1);
    const identityId = await addIdentity(database(), 'Ann');
    const [own = ''] = await addAccounts(database(), [
      { source_id: sourceId, native_identity: 'own', identity_id: identityId, entitlements: [entitlementId] },
    ]);
    const changed = await changeConnection(
      database(),
      { accountId: own, entitlementId, identityId },
      () => 'JIT',
      options,
    );
    expect(changed.row).toMatchObject({ accountId: own, type: 'JIT' });
    for (const wrong of [identityId, '', 'null']) {
      const selector = { accountId: accountIds[0] ?? '', entitlementId, identityId: wrong };
      await expect(changeConnection(database(), selector, () => 'JIT', options)).rejects.toThrow(
        'There is no connection of',
      );
    }
    expect(await changesOf(database(), ids[0] ?? '')).toEqual([]);
  });

  test('the deletion of a source deletes what is stored for its connections, in small transactions', async () => {
    const { sourceId, entitlementId, accountIds, ids } = await addHolders(database(), 'Deleted', 1100);
    const kept = await addHolders(database(), 'Kept', 1);
    for (let start = 0; start < ids.length; start += 100) {
      const changes = ids.slice(start, start + 100).map((id) => ({ connectionId: id, type: 'JIT' as const }));
      await setConnectionTypes(database(), changes, context);
    }
    await setConnectionTypes(database(), [{ connectionId: kept.ids[0] ?? '', type: 'JIT' }], context);
    await database().write(async (transaction) => {
      for (const holders of [accountIds, kept.accountIds]) {
        const holds = holders === accountIds ? entitlementId : kept.entitlementId;
        const reason = { entitlementId: holds, kind: 'ROLE', causeId: 'r', since: 1, until: null } as const;
        await addReasons(
          transaction,
          holders.map((accountId) => ({ ...reason, accountId })),
        );
      }
    });
    const invariant = invariants.find(({ name }) => name.startsWith('what is stored for a connection'));
    // Deleted accounts and entitlements can return: everything is kept.
    await removeAccounts(database(), sourceId, context);
    expect([await storedFor(database(), entitlementId), await invariant?.violations(database().keyed)]).toEqual([
      [1100, 1100],
      [],
    ]);
    let left = 2200;
    await deleteSourceData(database(), sourceId, context, async () => {
      const [set = 0, reasons = 0] = await storedFor(database(), entitlementId);
      expect(left - set - reasons).toBeLessThanOrEqual(500);
      expect(await invariant?.violations(database().keyed)).toEqual([]);
      left = set + reasons;
    });
    expect(await storedFor(database(), entitlementId)).toEqual([0, 0]);
    expect(await storedFor(database(), kept.entitlementId)).toEqual([1, 1]);
    const recorded = await changesOf(database(), ids[0] ?? '');
    expect(recorded.map(({ kind }) => kind)).toEqual(['created', 'deleted']);
    const tombstones = await database()
      .keyed.query.selectFrom('account_tombstone')
      .select('id')
      .where('source_id', '=', sourceId)
      .execute();
    expect(tombstones).toEqual([]);
  });
});
