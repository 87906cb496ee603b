import { describe, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { attributes, describeServer, expectStatus } from './acceptance.ts';

describeServer('what people say and what the source says', (server) => {
  const patch = async (id: string, ...operations: object[]): Promise<Answer['body']> =>
    expectStatus(await server().api.send('PATCH', `/v2025/entitlements/${id}`, operations), 200);
  const get = async (id: string): Promise<Answer['body']> =>
    expectStatus(await server().api.get(`/v2025/entitlements/${id}`), 200);

  test('a manual name or description survives changes of the source, until it is reset', async () => {
    const source = await server().createSource();
    await server().load(source, 'id,name,description\na,From the source,Says the source\n');
    const [{ id }] = await server().entitlementsOf(source);
    await patch(id, { op: 'replace', path: '/name', value: 'By hand' });
    await server().load(source, 'id,name,description\na,New in the source,Says it anew\n');
    expect(await get(id)).toMatchObject({
      name: 'By hand',
      description: 'Says it anew',
      manuallyUpdatedFields: { DISPLAY_NAME: true, DESCRIPTION: false },
      // The attributes show the value from the source.
      attributes: { name: 'New in the source' },
    });
    const found = await server().api.get(
      `/v2025/entitlements?filters=source.id+eq+"${source.id}"+and+name+eq+"by+hand"`,
    );
    expect(found.body).toHaveLength(1);

    // Setting the current name counts as manual, too.
    expect(
      (await patch(id, { op: 'replace', path: '/description', value: 'Says it anew' })).manuallyUpdatedFields,
    ).toEqual({
      DISPLAY_NAME: true,
      DESCRIPTION: true,
    });
    const value = { DISPLAY_NAME: false, DESCRIPTION: true };
    expect(await patch(id, { op: 'replace', path: '/manuallyUpdatedFields', value })).toMatchObject({
      name: 'New in the source',
      description: 'Says it anew',
      manuallyUpdatedFields: value,
    });
    // An empty or null description counts as manual, too.
    await patch(id, { op: 'replace', path: '/description' });
    await server().load(source, 'id,name,description\na,Third,Third\n');
    expect(await get(id)).toMatchObject({ name: 'Third', description: null });
  });

  test('owner, segments, request settings, metadata and privilege survive a load', async () => {
    const source = await server().createSource();
    await server().load(source, 'id,name\na,Alpha\n');
    const [{ id }] = await server().entitlementsOf(source);
    const metadata = { attributes: [{ key: 'iscRisk', name: 'Risk', values: [{ value: 'high', name: 'High' }] }] };
    const segment = await server().createSegment();
    const before = await patch(
      id,
      { op: 'add', path: '/owner', value: { type: 'IDENTITY', id: server().identityId } },
      { op: 'add', path: '/segments/-', value: segment.id },
      { op: 'replace', path: '/requestable', value: true },
      { op: 'replace', path: '/accessModelMetadata', value: metadata },
      { op: 'replace', path: '/privileged', value: true },
    );
    const task = await server().load(source, 'id,name\na,Changed\n');
    expect(task.attributes).toMatchObject({ groupsUpdated: 1 });
    const { name, attributes: changed, modified, ...rest } = await get(id);
    expect([name, changed]).toEqual(['Changed', { id: 'a', name: 'Changed' }]);
    expect(modified > before.modified).toBe(true);
    expect(before).toMatchObject(rest);
  });

  test('patches during a load all survive, and the load succeeds', async () => {
    const source = await server().createSource();
    const fileOf = (word: string): string =>
      `id,name,description\n${Array.from({ length: 5000 }, (_, index) => `k${index},${word} ${index},${word}`).join('\n')}`;
    await server().load(source, fileOf('Old'));
    const path = '/v2025/entitlements';
    const some = await server().api.get(`${path}?filters=source.id+eq+"${source.id}"&limit=60`);
    const ids: string[] = expectStatus(some, 200).map(({ id }: { id: string }) => id);
    const load = server().load(source, fileOf('New'));
    for (let start = 0; start < ids.length; start += 6) {
      const batch = ids
        .slice(start, start + 6)
        .map((id) => patch(id, { op: 'replace', path: '/description', value: id }));
      await Promise.all(batch);
    }
    expect((await load).attributes).toMatchObject({ groupsUpdated: 5000 });
    for (const id of ids) {
      expect(await get(id)).toMatchObject({ description: id, name: expect.stringMatching(/^New /) });
    }
  });

  describe('privilege levels', () => {
    const file = [
      'id,name,privileged,up',
      'root,Root,HIGH,',
      'middle,Middle,LOW,root',
      'leaf,Leaf,,middle',
      'alone,Alone,true,',
      'side,Side,MEDIUM,',
      'both,Both,NONE,middle',
      'both,Both,NONE,side',
      'odd,Odd,perhaps,',
    ].join('\n');
    const schema = { hierarchyAttribute: 'up', attributes: attributes('id', 'name', 'privileged', 'up[]') };

    test('come from the source, are inherited from parents, and are overridden by users', async () => {
      const source = await server().createSource({}, schema);
      // An invalid level is reported and becomes none.
      const first = await server().load(source, file, { status: 'WARNING' });
      expect(first.messages[0].localizedText.message).toContain('"perhaps"');
      const levels = async (): Promise<Record<string, [string, string, string, string | undefined]>> => {
        const path = `/v2026/entitlements?filters=source.id+eq+"${source.id}"`;
        return Object.fromEntries(
          expectStatus(await server().api.get(path), 200).map(
            ({ value, privilegeLevel: { direct, inherited, effective, setByType } }: Answer['body']) => [
              value,
              [direct, inherited, effective, setByType],
            ],
          ),
        );
      };
      const criteria = 'CONNECTOR_CRITERIA';
      expect(await levels()).toEqual({
        root: ['HIGH', 'NONE', 'HIGH', criteria],
        middle: ['LOW', 'HIGH', 'HIGH', criteria],
        leaf: ['NONE', 'HIGH', 'HIGH', undefined],
        alone: ['HIGH', 'NONE', 'HIGH', criteria],
        side: ['MEDIUM', 'NONE', 'MEDIUM', criteria],
        both: ['NONE', 'HIGH', 'HIGH', criteria],
        odd: ['NONE', 'NONE', 'NONE', undefined],
      });
      const found = await server().entitlementsOf(source);
      // The older entity shows whether the direct level is HIGH.
      expect(found.filter(({ privileged }) => privileged).map(({ value }) => value)).toEqual(['alone', 'root']);
      const idOf = (value: string): string => found.find((one) => one.value === value).id;
      const override = async (value: string, level: unknown): Promise<Answer['body']> =>
        expectStatus(
          await server().api.send('PATCH', `/v2026/entitlements/${idOf(value)}`, [
            { op: 'replace', path: '/privilegeOverride/level', value: level },
          ]),
          200,
        );
      // An override takes precedence over inherited levels, and is inherited by the children.
      await override('middle', 'MEDIUM');
      expect(await levels()).toMatchObject({
        middle: ['MEDIUM', 'HIGH', 'MEDIUM', 'OVERRIDE'],
        leaf: ['NONE', 'MEDIUM', 'MEDIUM', undefined],
        both: ['NONE', 'MEDIUM', 'MEDIUM', criteria],
      });
      expect((await patch(idOf('root'), { op: 'replace', path: '/privileged', value: false })).privileged).toBe(false);
      expect(await levels()).toMatchObject({
        root: ['NONE', 'NONE', 'NONE', 'OVERRIDE'],
        middle: ['MEDIUM', 'NONE', 'MEDIUM', 'OVERRIDE'],
      });
      // Without the override the source's level is effective again.
      await override('root', null);
      expect((await override('middle', null)).privilegeLevel).toEqual({
        direct: 'LOW',
        setBy: source.id,
        setByType: criteria,
        inherited: 'HIGH',
        effective: 'HIGH',
      });
      // A new level from the source is effective if there is no override.
      await override('alone', 'LOW');
      await server().load(
        source,
        file.replace('root,Root,HIGH', 'root,Root,LOW').replace('alone,Alone,true', 'alone,Alone,false'),
        { status: 'WARNING' },
      );
      expect(await levels()).toMatchObject({
        root: ['LOW', 'NONE', 'LOW', criteria],
        middle: ['LOW', 'LOW', 'LOW', criteria],
        alone: ['LOW', 'NONE', 'LOW', 'OVERRIDE'],
      });
    });
  });
});
