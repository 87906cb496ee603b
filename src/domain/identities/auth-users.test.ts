import { expect, test } from 'vitest';
import { describeStorage } from '../../../tests/support/engines.ts';
import { findIdentity, insertIdentity } from '../../storage/identities/identities.ts';
import { assignCapabilities } from './auth-users.ts';
import { newId } from '../ids.ts';

const origin = { actorId: null, clientId: null, taskId: null, trackingId: null };

describeStorage('auth users', (database) => {
  test('administrators who concurrently remove the level from each other do not both succeed', async () => {
    const ids = [newId(), newId(), newId()];
    await database().write(async (transaction) => {
      for (const id of ids) {
        await insertIdentity(transaction, {
          id,
          alias: id,
          name: id,
          email: null,
          attributes: {},
          capabilities: ['ORG_ADMIN', 'HELPDESK'],
          created: 1,
          modified: 1,
          version: 1,
        });
      }
    });
    const outcomes = await Promise.allSettled(
      ids.map((id) => assignCapabilities(database(), id, undefined, () => ['HELPDESK'], origin)),
    );
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    const left = await Promise.all(ids.map((id) => findIdentity(database().keyed, id)));
    expect(left.filter((identity) => identity?.capabilities.includes('ORG_ADMIN'))).toHaveLength(1);
  });

  test('a change is recorded with the old value', async () => {
    const changes = await database()
      .keyed.query.selectFrom('change')
      .select(['object_type', 'kind', 'before', 'after'])
      .orderBy('number')
      .execute();
    expect(changes[0]).toEqual({
      object_type: 'IDENTITY',
      kind: 'updated',
      before: '{"capabilities":["ORG_ADMIN","HELPDESK"]}',
      after: '{"capabilities":["HELPDESK"]}',
    });
  });
});
