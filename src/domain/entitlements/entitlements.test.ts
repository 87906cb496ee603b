import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changesOf } from '../../../tests/support/changes.ts';
import { addEntitlements, addIdentity, addSegments, addSource } from '../../../tests/support/catalogue.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import type { ListQuery } from '../../list-query.ts';
import { findPage, getEntitlement, patchEntitlement, relativesOf, shownName } from './entitlements.ts';
import { inheritedPrivileges } from './privilege.ts';

const everything: ListQuery = { condition: undefined, sorts: [], offset: 0, limit: 250, after: undefined, count: true };

describeStorage('entitlements', (database) => {
  let source: string;
  let actor: string;
  let id: string;

  beforeAll(async () => {
    source = await addSource(database(), 'Directory', { group: 'memberOf' });
    actor = await addIdentity(database(), 'Ada Actor');
  });

  beforeEach(async () => {
    const [added = ''] = await addEntitlements(database(), [
      { source_id: source, value: `CN=Admins ${Math.random()}`, source_display_name: 'Admins', modified: 5 },
    ]);
    id = added;
  });

  function patch(operations: readonly unknown[], ifMatch?: number) {
    const context = { actorId: actor, clientId: 'client', taskId: null, trackingId: 'tracking' };
    return patchEntitlement(database(), { id, operations, privilegeField: 'privileged', ifMatch, context });
  }

  function replaced(path: string, value: unknown): unknown {
    return { op: 'replace', path, value };
  }

  function changes() {
    return changesOf(database(), id);
  }

  async function named(prefix: string): Promise<string[]> {
    const condition = { kind: 'test', field: 'name', operator: 'sw', values: [prefix] } as const;
    const entitlements = await findPage(database(), { of: 'all' }, { ...everything, condition });
    return entitlements.map((entitlement) => entitlement.id);
  }

  test.each(['nothing', 'a b', ''])('throws 404 for the id %j', async (unknown) => {
    await expect(getEntitlement(database(), unknown)).rejects.toMatchObject({ status: 404 });
    await expect(relativesOf(database(), 'parents', unknown)).rejects.toMatchObject({ status: 404 });
    const context = { actorId: null, clientId: null, taskId: null, trackingId: null };
    await expect(
      patchEntitlement(database(), {
        id: unknown,
        operations: [],
        privilegeField: 'privileged',
        ifMatch: undefined,
        context,
      }),
    ).rejects.toMatchObject({ status: 404 });
  });

  test('a patch changes the entitlement, its version and time, and is recorded', async () => {
    const patched = await patch([
      replaced('/name', 'Renamed'),
      replaced('/requestable', true),
      { op: 'add', path: '/owner', value: { type: 'IDENTITY', id: actor } },
      { op: 'add', path: '/additionalOwners/-', value: { type: 'IDENTITY', id: actor, name: 'Ada Actor' } },
    ]);
    expect(patched).toMatchObject({
      version: 2,
      requestable: 1,
      ownerId: actor,
      ownerName: 'Ada Actor',
      isNameManual: 1,
    });
    expect(JSON.parse(patched.additionalOwners ?? '')).toEqual([{ type: 'IDENTITY', id: actor, name: 'Ada Actor' }]);
    expect(shownName(patched)).toBe('Renamed');
    expect(patched.modified).toBeGreaterThan(5);
    expect(await getEntitlement(database(), id)).toEqual(patched);
    expect(await named('renamed')).toEqual([id]);
    const [change, ...others] = await changes();
    expect(others).toEqual([]);
    expect(change).toMatchObject({
      objectType: 'ENTITLEMENT',
      kind: 'updated',
      actorId: actor,
      clientId: 'client',
      trackingId: 'tracking',
      time: patched.modified,
    });
    expect(JSON.parse(change?.before ?? '')).toEqual({
      manualName: null,
      isNameManual: false,
      ownerId: null,
      additionalOwners: null,
      requestable: false,
    });
    expect(JSON.parse(change?.after ?? '')).toEqual({
      manualName: 'Renamed',
      isNameManual: true,
      ownerId: actor,
      additionalOwners: [{ type: 'IDENTITY', id: actor, name: 'Ada Actor' }],
      requestable: true,
    });
    // After the reset it is found by the source's name again.
    await patch([replaced('/manuallyUpdatedFields/DISPLAY_NAME', false)]);
    expect(await named('renamed')).toEqual([]);
    expect(shownName(await getEntitlement(database(), id))).toBe('Admins');
  });

  test.each<[string, unknown[]]>([
    ['is empty', []],
    ['only tests', [{ op: 'test', path: '/name', value: 'Admins' }]],
    ['sets what is there', [replaced('/requestable', false), replaced('/segments', null)]],
  ])('a patch that %s does not change the version', async (_title, operations) => {
    const before = await getEntitlement(database(), id);
    expect(await patch(operations)).toEqual(before);
    expect(await getEntitlement(database(), id)).toEqual(before);
    expect(await changes()).toEqual([]);
  });

  test.each<[string, unknown[], RegExp]>([
    ['fails a test', [replaced('/name', 'X'), { op: 'test', path: '/name', value: 'Y' }], /the test failed/],
    [
      'names an unknown owner',
      [replaced('/name', 'X'), replaced('/owner', { id: 'nobody' })],
      /Referenced owner "nobody" was not found/,
    ],
    [
      'names an unknown additional owner',
      [replaced('/additionalOwners', [{ type: 'IDENTITY', id: 'nobody' }])],
      /Referenced additional owner "nobody"/,
    ],
  ])('a patch that %s is rejected entirely', async (_title, operations, reason) => {
    const before = await getEntitlement(database(), id);
    await expect(patch(operations)).rejects.toMatchObject({ status: 400, message: expect.stringMatching(reason) });
    expect(await getEntitlement(database(), id)).toEqual(before);
    expect(await changes()).toEqual([]);
  });

  test('the name sent with an owner must be correct', async () => {
    const owner = { type: 'IDENTITY', id: actor, name: 'Somebody Else' };
    await expect(patch([replaced('/owner', owner)])).rejects.toMatchObject({
      status: 400,
      message: `Field "owner.name" is "Somebody Else", but identity ${actor} is called "Ada Actor". Send that name or omit it.`,
    });
    expect(await patch([replaced('/owner', { ...owner, name: 'Ada Actor' })])).toMatchObject({ ownerId: actor });
  });

  test('a version other than the current one is rejected', async () => {
    await patch([replaced('/requestable', true)], 1);
    await expect(patch([replaced('/requestable', false)], 1)).rejects.toMatchObject({ status: 412 });
    expect(await patch([replaced('/requestable', false)], 2)).toMatchObject({ version: 3 });
  });

  test('concurrent patches are applied one after the other', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `29cb6c06-1da8-43ea-8be4-b3125f2480${index + 10}`);
    await addSegments(database(), ids);
    await Promise.all(ids.map((value) => patch([{ op: 'add', path: '/segments/-', value }])));
    const after = await getEntitlement(database(), id);
    expect(after.version).toBe(21);
    expect(JSON.parse(after.segments ?? '[]')).toHaveLength(20);
    expect(await changes()).toHaveLength(20);
  });

  describe('inherited privileges', () => {
    test('are read for a page', async () => {
      const [child] = await addEntitlements(database(), [
        { source_id: source, value: 'child', parents: ['parent'] },
        { source_id: source, value: 'parent', source_privilege: 'HIGH' },
      ]);
      const entitlements = await findPage(database(), { of: 'all' }, everything);
      expect(await inheritedPrivileges(database(), entitlements)).toEqual(new Map([[child, 'HIGH']]));
    });
  });
});
