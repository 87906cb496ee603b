import { beforeAll, expect, test } from 'vitest';
import { addEntitlements, addIdentity, addSource } from '../../../tests/support/catalogue.ts';
import { changesOf } from '../../../tests/support/changes.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import { updateEntitlements } from './bulk-update.ts';
import { governanceGroups } from '../governance-groups/governance-groups.ts';
import { changeRecord, createRecord } from '../resources/resource.ts';
import { segments } from '../segments/segments.ts';
import { getEntitlement, patchEntitlement } from './entitlements.ts';

const replaced = (path: string, value?: unknown): object => ({ op: 'replace', path, value });

describeStorage('bulk update of entitlements', (database) => {
  let actor: string;
  let source: string;
  beforeAll(async () => {
    source = await addSource(database(), 'Directory');
    actor = await addIdentity(database(), 'Ada Actor');
  });
  const add = async (...values: readonly string[]): Promise<string[]> =>
    addEntitlements(
      database(),
      values.map((value) => ({ source_id: source, value })),
    );
  const update = (
    ids: readonly string[],
    operations: readonly unknown[],
    privilegeField: 'privileged' | 'privilegeOverride' = 'privileged',
  ): Promise<void> => {
    const context = { actorId: actor, clientId: 'client', taskId: null, trackingId: 'tracking' };
    return updateEntitlements(database(), { ids, operations, privilegeField, context });
  };
  const state = async (id: string) => {
    const { requestable, privilegeOverride, version } = await getEntitlement(database(), id);
    return { requestable, privilegeOverride, version };
  };

  test('changes all of them and records each change', async () => {
    const ids = await add('a1', 'a2', 'a3');
    const [, second = ''] = ids;
    await update(ids, [replaced('/requestable', true), replaced('/privileged', true)]);
    for (const id of ids) {
      expect(await state(id)).toEqual({ requestable: 1, privilegeOverride: 'HIGH', version: 2 });
    }
    await update(ids, [replaced('/privilegeOverride/level', 'LOW')], 'privilegeOverride');
    expect(await state(second)).toEqual({ requestable: 1, privilegeOverride: 'LOW', version: 3 });
    const changes = await changesOf(database(), second);
    expect(changes.map(({ after }) => JSON.parse(after ?? ''))).toEqual([
      { requestable: true, privilegeOverride: 'HIGH', privilegeOverrideBy: actor },
      { privilegeOverride: 'LOW' },
    ]);
  });

  test('of entitlements with a group, segments and a configuration changes nothing else', async () => {
    const context = { actorId: actor, clientId: 'client', taskId: null, trackingId: null };
    const group = await createRecord(database(), governanceGroups, { name: 'Owners' }, context);
    const segment = await createRecord(database(), segments, { name: 'South' }, context);
    const ids = await add(...Array.from({ length: 50 }, (_, index) => `d${index}`));
    for (const id of ids) {
      await patchEntitlement(database(), {
        id,
        operations: [
          replaced('/additionalOwners', [{ type: 'GOVERNANCE_GROUP', id: group.id }]),
          replaced('/segments', [segment.id]),
        ],
        privilegeField: 'privileged',
        ifMatch: undefined,
        context,
      });
    }
    const approvalSchemes = [{ approverType: 'GOVERNANCE_GROUP', approverId: group.id }];
    const requestConfig = JSON.stringify({ accessRequestConfig: { approvalSchemes } });
    await database().write((transaction) =>
      transaction.query
        .updateTable('entitlement')
        .set({ request_config: requestConfig })
        .where('id', 'in', ids)
        .execute(),
    );
    // As the owner is shown with its current name, only the id counts.
    await changeRecord(database(), governanceGroups, group.id, () => ({ name: 'Keepers' }), {
      ifMatch: undefined,
      context,
    });
    await update(ids, [replaced('/requestable', true), replaced('/privileged', true)]);
    for (const id of ids) {
      expect(await getEntitlement(database(), id)).toMatchObject({
        requestable: 1,
        version: 3,
        additionalOwners: JSON.stringify([{ type: 'GOVERNANCE_GROUP', id: group.id }]),
        segments: JSON.stringify([segment.id]),
        requestConfig,
      });
      const change = (await changesOf(database(), id)).at(-1);
      expect(Object.keys(JSON.parse(change?.after ?? ''))).toEqual([
        'requestable',
        'privilegeOverride',
        'privilegeOverrideBy',
      ]);
    }
    const assigned = await database().scan.query.selectFrom('entitlement_segment').selectAll().execute();
    expect(assigned).toHaveLength(50);
  });

  test('counts an id that is given twice once, and does not change what has the value already', async () => {
    const [first = '', second = ''] = await add('b1', 'b2');
    await update([second], [replaced('/requestable', true)]);
    await update([first, second, first], [replaced('/requestable', true)]);
    expect(await state(first)).toMatchObject({ requestable: 1, version: 2 });
    expect(await state(second)).toMatchObject({ requestable: 1, version: 2 });
  });

  test('changes none if some do not exist, and names all of those', async () => {
    const [known = ''] = await add('c1');
    await expect(update(['nobody', known, 'no\0body'], [replaced('/requestable', true)])).rejects.toMatchObject({
      status: 400,
      detailCode: '400.1.404 Referenced object not found',
      message: 'Referenced entitlements "nobody", "no\0body" were not found.',
    });
    await expect(update(['\0'], [])).rejects.toMatchObject({ status: 400 });
    expect(await state(known)).toMatchObject({ requestable: 0, version: 1 });
  });

  test.each<[string, object[], RegExp]>([
    ['another path', [replaced('/requestable', true), replaced('/name', 'x')], /\[1\] \(op "replace", path "\/name"\)/],
    [
      'the path of newer families',
      [replaced('/privilegeOverride/level', 'LOW')],
      /replace \/requestable and \/privileged;/,
    ],
    ['another operation', [{ op: 'test', path: '/requestable', value: false }], /\[0\] \(op "test"/],
    ['a wrong value', [replaced('/requestable', 'yes')], /Field "requestable" is "yes". It must be true or false/],
    ['no value', [{ op: 'replace', path: '/requestable' }], /Field "requestable" is null/],
  ])('rejects %s', async (_title, operations, reason) => {
    const [id = ''] = await add(`d ${_title}`);
    await expect(update([id], operations)).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(reason),
    });
    expect(await state(id)).toMatchObject({ version: 1 });
  });

  test('of overlapping sets run one after the other', async () => {
    const ids = await add('e1', 'e2', 'e3', 'e4');
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        update(index % 2 === 0 ? ids : ids.toReversed(), [replaced('/requestable', index % 2 === 0)]),
      ),
    );
    const states = await Promise.all(ids.map(state));
    expect(new Set(states.map(({ requestable }) => requestable)).size).toBe(1);
  });
});
