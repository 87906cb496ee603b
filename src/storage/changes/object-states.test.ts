import { expect, test } from 'vitest';
import { describeStorage } from '../../../tests/support/engines.ts';
import { newId } from '../../domain/ids.ts';
import { insertIdentity } from '../identities/identities.ts';
import { identityState, newIdentity } from '../identities/identity-record.ts';
import { type ChangeKind, recordChanges } from './changes.ts';
import { statesAt } from './object-states.ts';

const origin = { actorId: null, clientId: null, taskId: null, trackingId: null };

describeStorage('states at a time', (database) => {
  const person = (id: string, name: string) => ({
    id,
    alias: id,
    name,
    email: null,
    attributes: {},
    capabilities: [],
    created: 0,
    modified: 0,
    version: 1,
  });

  async function record(
    id: string,
    time: number,
    kind: ChangeKind,
    before: Record<string, unknown> | null,
  ): Promise<void> {
    await database().write((transaction) =>
      recordChanges(transaction, origin, time, [
        { objectType: 'IDENTITY', objectId: id, kind, before, after: kind === 'deleted' ? null : {} },
      ]),
    );
  }
  async function nameAt(id: string, time: number): Promise<unknown> {
    return (await statesAt(database().scan, 'IDENTITY', [id, newId()], time)).get(id)?.['name'];
  }

  test('are the current state without the later changes', async () => {
    const id = newId();
    await database().write((transaction) => insertIdentity(transaction, person(id, 'Third')));
    await record(id, 10, 'created', null);
    await record(id, 20, 'updated', { name: 'First' });
    await record(id, 30, 'updated', { name: 'Second' });
    const names = await Promise.all([9, 10, 19, 20, 29, 30, 99].map((time) => nameAt(id, time)));
    expect(names).toEqual([undefined, 'First', 'First', 'Second', 'Second', 'Third', 'Third']);
  });

  test('are known of deleted objects, and of the time before a restoration', async () => {
    const id = newId();
    const state = identityState(newIdentity(person(id, 'Last')));
    await record(id, 10, 'created', null);
    await record(id, 20, 'updated', { name: 'First' });
    await record(id, 30, 'deleted', state);
    const names = await Promise.all([9, 10, 20, 29, 30].map((time) => nameAt(id, time)));
    expect(names).toEqual([undefined, 'First', 'Last', 'Last', undefined]);
    await database().write((transaction) => insertIdentity(transaction, person(id, 'Restored')));
    await record(id, 40, 'restored', null);
    const later = await Promise.all([29, 30, 39, 40].map((time) => nameAt(id, time)));
    expect(later).toEqual(['Last', undefined, undefined, 'Restored']);
  });

  test('follow the order of the record if the clock was set back', async () => {
    const id = newId();
    await database().write((transaction) => insertIdentity(transaction, person(id, 'Third')));
    await record(id, 10, 'created', null);
    await record(id, 50, 'updated', { name: 'First' });
    await record(id, 30, 'updated', { name: 'Second' });
    expect([await nameAt(id, 40), await nameAt(id, 50)]).toEqual(['First', 'Third']);
  });

  test('are derived from more changes and objects than one query reads', async () => {
    const ids = Array.from({ length: 501 }, () => newId());
    await database().write(async (transaction) => {
      for (const id of ids) {
        await insertIdentity(transaction, person(id, 'Now'));
      }
      for (const time of [10, 20]) {
        await recordChanges(
          transaction,
          origin,
          time,
          ids.map((objectId) => ({
            objectType: 'IDENTITY',
            objectId,
            kind: 'updated',
            before: { name: `Before ${time}` },
            after: {},
          })),
        );
      }
    });
    const states = await statesAt(database().scan, 'IDENTITY', ids, 5);
    expect(new Set([...states.values()].map(({ name }) => name))).toEqual(new Set(['Before 10']));
    expect(states.size).toBe(501);
  });
});
