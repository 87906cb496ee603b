import { expect, test } from 'vitest';
import { describeStorage } from '../../../tests/support/engines.ts';
import { insertIdentity, lockIdentity } from '../../storage/identities/identities.ts';
import { newId } from '../ids.ts';
import { checkReferences } from './identity-references.ts';

describeStorage('checkReferences', (database) => {
  test('keeps an identity from being deleted until the transaction that refers to it has ended', async () => {
    const id = newId();
    await database().write((transaction) =>
      insertIdentity(transaction, {
        id,
        alias: 'owner',
        name: 'Owner',
        email: null,
        attributes: {},
        capabilities: [],
        created: 0,
        modified: 0,
        version: 1,
      }),
    );
    const events: string[] = [];
    const isChecked = Promise.withResolvers<void>();
    const mayCommit = Promise.withResolvers<void>();
    const referring = database().write(async (transaction) => {
      await checkReferences(transaction, [{ field: 'owner', noun: 'owner', id }]);
      isChecked.resolve();
      await mayCommit.promise;
      events.push('referred');
    });
    await isChecked.promise;
    const deleting = database().write(async (transaction) => {
      await lockIdentity(transaction, id);
      events.push('locked for deletion');
    });
    // Long enough for a lock that nobody holds.
    await new Promise((resolve) => setTimeout(resolve, 200));
    mayCommit.resolve();
    await Promise.all([referring, deleting]);
    expect(events).toEqual(['referred', 'locked for deletion']);
  });
});
