import { expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { describeServer, expectStatus } from './acceptance.ts';

/** Returns a file with these entitlements. */
function fileOf(...values: readonly string[]): string {
  return `id,name\n${values.map((value) => `${value},Name of ${value}`).join('\n')}`;
}

const twenty = Array.from({ length: 20 }, (_, index) => `e${String(index).padStart(2, '0')}`);

describeServer('deletions by aggregation', (server) => {
  const valuesOf = async (source: { id: string }): Promise<string[]> =>
    (await server().entitlementsOf(source)).map(({ value }) => value);
  const setThreshold = async (source: { id: string }, value: number): Promise<void> => {
    const patch = [{ op: 'add', path: '/deleteThreshold', value }];
    expectStatus(await server().api.send('PATCH', `/v2025/sources/${source.id}`, patch), 200);
  };
  const firstMessage = (task: Answer['body']): string => task.messages[0].localizedText.message;

  test('up to 10 % missing entitlements are deleted; more are kept until deleteThreshold allows it', async () => {
    const source = await server().createSource();
    await server().load(source, fileOf(...twenty));
    // Two of twenty are exactly 10 %.
    const two = await server().load(source, fileOf(...twenty.slice(2)));
    expect(two.attributes).toMatchObject({ total: 18, groupsDeleted: 2, groupsUnchanged: 18 });
    expect(await valuesOf(source)).toEqual(twenty.slice(2));

    const many = await server().load(source, fileOf('new', ...twenty.slice(5)), { status: 'WARNING' });
    expect(many.attributes).toMatchObject({ groupsCreated: 1, groupsDeleted: 0 });
    expect(many.messages).toHaveLength(1);
    expect(firstMessage(many)).toMatch(
      /^3 entitlements of 18 are missing from the file, more than the 10 % that deleteThreshold allows, so nothing was deleted\..* deleteThreshold to 17 /,
    );
    expect(await valuesOf(source)).toEqual([...twenty.slice(2), 'new']);

    // The percentage in the message, with one more entitlement.
    await setThreshold(source, 17);
    const allowed = await server().load(source, fileOf('new', ...twenty.slice(5)));
    expect(allowed.attributes).toMatchObject({ groupsDeleted: 3 });
    await setThreshold(source, 0);
    const none = await server().load(source, fileOf('new', ...twenty.slice(6)), { status: 'WARNING' });
    expect(none.attributes).toMatchObject({ groupsDeleted: 0 });
    await setThreshold(source, 100);
    expect((await server().load(source, fileOf('new'))).attributes).toMatchObject({ groupsDeleted: 15 });
    expect(await valuesOf(source)).toEqual(['new']);
  });

  test('a restored entitlement has its old id and manual values', async () => {
    const source = await server().createSource({ deleteThreshold: 100 });
    await server().load(source, fileOf('a', 'b'));
    const [a] = await server().entitlementsOf(source);
    const owner = { type: 'IDENTITY', id: server().identityId };
    const patch = [
      { op: 'replace', path: '/name', value: 'Mine' },
      { op: 'add', path: '/owner', value: owner },
      { op: 'replace', path: '/requestable', value: true },
    ];
    expectStatus(await server().api.send('PATCH', `/v2025/entitlements/${a.id}`, patch), 200);
    expect((await server().load(source, fileOf('b'))).attributes).toMatchObject({ groupsDeleted: 1 });
    expect((await server().api.get(`/v2025/entitlements/${a.id}`)).status).toBe(404);
    const task = await server().load(source, fileOf('a', 'b'));
    expect(task.attributes).toMatchObject({ groupsCreated: 1, groupsRestored: 1 });
    const restored = expectStatus(await server().api.get(`/v2025/entitlements/${a.id}`), 200);
    expect(restored).toMatchObject({ value: 'a', name: 'Mine', requestable: true, owner });
    expect(restored.created).toBe(a.created);
  });

  test('other types of the same source are not affected', async () => {
    const source = await server().createSource({ deleteThreshold: 100 });
    const role = { name: 'role', identityAttribute: 'key', attributes: [{ name: 'key' }] };
    expectStatus(await server().api.send('POST', `/v2025/sources/${source.id}/schemas`, role), 201);
    await server().load(source, fileOf('a', 'b'));
    await server().load(source, 'key\nr\n');
    await server().load(source, fileOf('a'));
    expect(await valuesOf(source)).toEqual(['a', 'r']);
  });

  test('a file with only a header deletes nothing', async () => {
    const source = await server().createSource({ deleteThreshold: 100 });
    await server().load(source, fileOf('a'));
    const task = await server().load(source, 'id,name\n', { status: 'WARNING' });
    expect(task.attributes).toMatchObject({ total: 0, groupsDeleted: 0 });
    expect(firstMessage(task)).toContain('The file has a header but no rows, so nothing was deleted.');
    expect(await valuesOf(source)).toEqual(['a']);
  });
});
