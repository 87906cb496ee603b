import type { RootOperationNode } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { describeStorage } from '../../../tests/support/engines.ts';
import { recordChanges } from '../changes/changes.ts';
import type { Session } from '../database.ts';
import { accountsEverOf, findDeletedIdentities, findDeletedIdentity } from './recorded-identities.ts';

const origin = { actorId: null, clientId: null, taskId: null, trackingId: null };
const idOf = (number: number): string => number.toString(16).padStart(32, '0');
const identity = idOf(1);
const [lost, deleted] = [idOf(2), idOf(3)];

describeStorage('identities of the change record', (database) => {
  beforeAll(async () => {
    await database().write(async (transaction) => {
      await recordChanges(transaction, origin, 1, [
        {
          objectType: 'ACCOUNT',
          objectId: lost,
          kind: 'updated',
          before: { identityId: identity, manuallyCorrelated: false },
          after: { identityId: null, manuallyCorrelated: true },
        },
        {
          objectType: 'ACCOUNT',
          objectId: deleted,
          kind: 'deleted',
          before: { attributes: { identityId: 'x', text: '\0"identityId":"x"' }, identityId: identity },
          after: null,
        },
        ...Array.from({ length: 3000 }, (_, index) => ({
          objectType: 'ACCOUNT' as const,
          objectId: idOf(100 + index),
          kind: 'updated' as const,
          before: { name: `Account ${index}` },
          after: { name: 'Other' },
        })),
        ...[7, 6].map((number) => ({
          objectType: 'IDENTITY' as const,
          objectId: idOf(number),
          kind: 'deleted' as const,
          before: { name: `Person ${number}` },
          after: null,
        })),
      ]);
    });
    await database().refreshStatistics();
  });

  /** Returns a session that collects the statements that are run, and a function that returns their plans. */
  function explained(): { session: Session; plans: () => Promise<string> } {
    const nodes: RootOperationNode[] = [];
    const { keyed } = database();
    const query = keyed.query.withPlugin({
      transformQuery: ({ node }) => {
        nodes.push(node);
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    const plans = async (): Promise<string> => {
      const word = keyed.dialect.isShared ? 'explain' : 'explain query plan';
      const rows = nodes.map((node) => {
        const { sql, parameters } = keyed.query.getExecutor().compileQuery(node, { queryId: 'plan' });
        return keyed.run(`${word} ${sql}`, parameters);
      });
      return JSON.stringify(await Promise.all(rows));
    };
    return { session: { ...keyed, query }, plans };
  }

  test('the lost accounts of an identity are found with an index', async () => {
    const { session, plans } = explained();
    expect(await accountsEverOf(session, identity, 10)).toEqual([lost, deleted]);
    expect(await accountsEverOf(session, identity, 1)).toEqual([lost]);
    expect(await accountsEverOf(session, 'x', 10)).toEqual([]);
    expect(await plans()).toContain('change_lost_account');
  });

  test('deleted identities are found with an index, by id', async () => {
    const { session, plans } = explained();
    const people = await findDeletedIdentities(session, '', 10);
    expect(people).toEqual([
      { id: idOf(6), deleted: 1, state: { name: 'Person 6' } },
      { id: idOf(7), deleted: 1, state: { name: 'Person 7' } },
    ]);
    expect(await findDeletedIdentities(session, idOf(6), 1)).toEqual([people[1]]);
    expect(await findDeletedIdentity(session, idOf(7))).toEqual(people[1]);
    expect(await findDeletedIdentity(session, identity)).toBeUndefined();
    expect(await plans()).toContain('change_deleted_identity');
  });
});
