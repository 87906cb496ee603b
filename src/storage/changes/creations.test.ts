import { expect, test } from 'vitest';
import { addSource } from '../../../tests/support/catalogue.ts';
import { changesOf } from '../../../tests/support/changes.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import { newId } from '../../domain/ids.ts';
import { createAccounts, deleteAccounts, updateAccounts } from '../accounts/account-aggregation.ts';
import type { AccountTruth } from '../accounts/account-record.ts';
import type { Session } from '../database.ts';
import { createEntitlements, updateEntitlements } from '../entitlements/entitlement-aggregation.ts';
import { deleteEntitlements } from '../entitlements/entitlement-deletion.ts';
import type { SourceTruth } from '../entitlements/entitlement-record.ts';
import { recordChanges } from './changes.ts';
import { createdContents } from './creations.ts';

const origin = { actorId: null, clientId: null, taskId: null, trackingId: null };
const task = { actorId: newId(), clientId: newId(), taskId: newId(), trackingId: 'tracking' };

function truth(value: string, description: string | null, parents: readonly string[] = []): SourceTruth {
  return {
    value,
    displayName: value.toUpperCase(),
    description,
    privilege: null,
    attributes: JSON.stringify({ id: value, description }),
    permissions: null,
    parents,
    fingerprint: '',
  };
}

describeStorage('the content of a creation', (database) => {
  /** Creates entitlements of a new source. Returns their scope and ids. */
  async function make(values: readonly string[]) {
    const scope = { sourceId: await addSource(database(), newId(), { group: null }), type: 'group' };
    const ids = values.map(() => newId());
    const truths = values.map((value) => truth(value, 'first', ['p']));
    await database().write((transaction) => createEntitlements(transaction, scope, truths, ids, task, 1));
    return { scope, ids };
  }

  function contentOf({ sourceId }: { readonly sourceId: string }, value: string): string {
    return JSON.stringify({
      sourceId,
      type: 'group',
      value,
      isListed: true,
      displayName: value.toUpperCase(),
      description: 'first',
      privilege: null,
      attributes: { id: value, description: 'first' },
      permissions: null,
      parents: ['p'],
    });
  }

  async function createdWith(id: string): Promise<string | null | undefined> {
    return (await changesOf(database(), id)).find(({ kind }) => kind === 'created')?.after;
  }

  test('is not stored, and is the current state if nothing has changed', async () => {
    const { scope, ids } = await make(['a']);
    const stored = await database()
      .keyed.query.selectFrom('change')
      .select('after')
      .orderBy('number', 'desc')
      .execute();
    expect(stored[0]?.after).toMatch(/^#.{11}$/);
    const [change] = await changesOf(database(), ids[0] ?? '');
    expect(change).toMatchObject({ ...task, objectId: ids[0], kind: 'created', after: contentOf(scope, 'a') });
  });

  test('is the same after updates, a deletion, a restoration and an update after that', async () => {
    const { scope, ids } = await make(['a']);
    const [id = ''] = ids;
    const steps: ((transaction: Parameters<typeof createEntitlements>[0]) => Promise<unknown>)[] = [
      (transaction) => updateEntitlements(transaction, scope, [{ id, truth: truth('a', null) }], origin, 2),
      (transaction) => updateEntitlements(transaction, scope, [{ id, truth: truth('a', 'third', ['q']) }], origin, 3),
      (transaction) => deleteEntitlements(transaction, [id], origin, 4),
      (transaction) => createEntitlements(transaction, scope, [truth('a', 'fourth')], [newId()], origin, 5),
      (transaction) => updateEntitlements(transaction, scope, [{ id, truth: truth('a', 'fifth') }], origin, 6),
    ];
    for (const step of steps) {
      await database().write(step);
      expect(await createdWith(id)).toBe(contentOf(scope, 'a'));
    }
  });

  test('of an account includes its entitlements', async () => {
    const { scope, ids } = await make(['x', 'y']);
    const account = (name: string, values: readonly string[]): AccountTruth => ({
      nativeIdentity: 'ada',
      name,
      uuid: null,
      description: null,
      disabled: false,
      locked: false,
      attributes: { name },
      entitlements: values.map((value) => ({ type: 'group', value })),
      fingerprint: name,
    });
    const id = newId();
    const first = { id, truth: account('Ada', ['y', 'x']), entitlementIds: ids };
    const second = { id, truth: account('Grace', ['x']), entitlementIds: ids.slice(0, 1) };
    await database().write((transaction) => createAccounts(transaction, scope.sourceId, [first], origin, 1));
    const before = await createdWith(id);
    expect(JSON.parse(before ?? '')).toMatchObject({ name: 'Ada', entitlements: { group: ['x', 'y'] } });
    await database().write((transaction) => updateAccounts(transaction, [second], origin, 2));
    expect(await createdWith(id)).toBe(before);
    await database().write((transaction) => deleteAccounts(transaction, [id], origin, 3));
    expect(await createdWith(id)).toBe(before);
  });

  test('is derived from more changes than one query reads', async () => {
    const { scope, ids } = await make(['a']);
    const [id = ''] = ids;
    await database().write(async (transaction) => {
      await recordChanges(
        transaction,
        origin,
        2,
        Array.from({ length: 5001 }, (_, index) => ({
          objectType: 'ENTITLEMENT',
          objectId: id,
          kind: 'updated',
          before: { requestable: index % 2 === 1 },
          after: { requestable: index % 2 === 0 },
        })),
      );
      await updateEntitlements(transaction, scope, [{ id, truth: truth('a', 'later') }], origin, 3);
    });
    expect(await createdWith(id)).toBe(contentOf(scope, 'a'));
  });

  test('takes the same number of queries for many creations as for one', async () => {
    const { ids } = await make(Array.from({ length: 40 }, (_, index) => `v${index}`));
    const queriesFor = async (some: readonly string[]): Promise<number> => {
      let queries = 0;
      const { query, ...rest } = database().keyed;
      const counting: Session = {
        ...rest,
        query: query.withPlugin({
          transformQuery: ({ node }) => {
            queries += 1;
            return node;
          },
          transformResult: async ({ result }) => result,
        }),
      };
      const creations = some.map((objectId) => ({ objectType: 'ENTITLEMENT', objectId }) as const);
      expect((await createdContents(counting, creations)).size).toBe(some.length);
      return queries;
    };
    const one = await queriesFor(ids.slice(0, 1));
    expect(one).toBeLessThanOrEqual(3);
    expect(await queriesFor(ids)).toBe(one);
  });
});
