import { describe, expect, test } from 'vitest';
import { attributes, describeServer, refusal } from './acceptance.ts';

/** Encodes text as UTF-16, little or big endian, without a byte order mark. */
function utf16(text: string, isBigEndian = false): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  return isBigEndian ? bytes.swap16() : bytes;
}

describeServer('files of entitlements', (server) => {
  const namesOf = async (source: { id: string }): Promise<Record<string, string>> =>
    Object.fromEntries((await server().entitlementsOf(source)).map(({ value, name }) => [value, name]));

  test.each<[string, Record<string, string | number | boolean>, string | Uint8Array, Record<string, string>]>([
    [
      'another delimiter and quote',
      { 'group.delimiter': ';', 'group.quote': "'" },
      "id;name\r\n'a;1';'it''s, \"so\"'\r\nb;Beta\r\n",
      { 'a;1': 'it\'s, "so"', b: 'Beta' },
    ],
    [
      'tabs and no quotes',
      { 'group.delimiter': String.raw`\t`, 'group.quote': 'none' },
      'id\tname\na\tHe said "no\nb\t"',
      { a: 'He said "no', b: '"' },
    ],
    ['UTF-8 with a byte order mark', {}, '\uFEFFid,name\nä,Ökonomie 経済 🦊\n', { ä: 'Ökonomie 経済 🦊' }],
    [
      'UTF-16 by its byte order mark',
      {},
      Buffer.concat([Buffer.of(0xff, 0xfe), utf16('id,name\nß,Straße\n')]),
      { ß: 'Straße' },
    ],
    [
      'UTF-16, big endian, by the setting',
      { 'group.encoding': 'utf-16be' },
      utf16('id,name\nß,Straße\n', true),
      { ß: 'Straße' },
    ],
    ['Latin-1', { 'group.encoding': 'iso-8859-1' }, Buffer.from('id,name\né,Café\n', 'latin1'), { é: 'Café' }],
    [
      'comments and skipped lines',
      { 'group.commentCharacter': '#', 'group.skipLines': '2' },
      'Report of today\n\n# columns\nid,name\na,Alpha\n#b,Beta\nc,#1\n',
      { a: 'Alpha', c: '#1' },
    ],
    ['no header', { 'group.hasHeader': 'false' }, 'a,Alpha\nb,Beta', { a: 'Alpha', b: 'Beta' }],
    [
      'line breaks in values, blank lines and columns in another order',
      {},
      '\nname,id\n"Two\nlines",a\n\n,b\n',
      { a: 'Two\nlines', b: 'b' },
    ],
  ])('%s', async (_what, connectorAttributes, file, expected) => {
    const source = await server().createSource({ connectorAttributes }, { attributes: attributes('id', 'name') });
    await server().load(source, file);
    expect(await namesOf(source)).toEqual(expected);
  });

  test('invalid settings are rejected when they are set', async () => {
    const source = await server().createSource();
    for (const [name, value, reason] of [
      ['group.delimiter', ';;', '"group.delimiter"'],
      ['group.quote', ',', '"group.quote"'],
      ['group.encoding', 'klingon', 'utf-8, utf-16, utf-16le, utf-16be or iso-8859-1'],
      ['group.skipLines', '-1', '"group.skipLines"'],
      ['group.hasHeader', 'perhaps', '"group.hasHeader"'],
    ] as const) {
      const patch = [{ op: 'add', path: `/connectorAttributes/${name}`, value }];
      const answer = await server().api.send('PATCH', `/v2025/sources/${source.id}`, patch);
      expect(refusal(answer)).toEqual([400, expect.stringContaining(reason)]);
    }
  });

  describe('rows', () => {
    test('with the same key are one entitlement, wherever they are; multi-valued attributes are arrays', async () => {
      const source = await server().createSource(
        {},
        { attributes: attributes('id', 'name', 'region', 'groups[]', 'entitlements[]') },
      );
      const task = await server().load(
        source,
        [
          'id,name,region,groups,entitlements',
          'a,Alpha,EU,staff,read',
          'a,Alpha,EU,Staff,read',
          'b,Beta,,admins,',
          'a,,EU,staff,write',
          'c,Gamma,US,,',
          'b,Beta,,admins,',
          'a,Alpha,EU,,"x, y"',
        ].join('\n'),
      );
      expect(task.attributes).toMatchObject({ total: 3, groupsCreated: 3, badRows: 0 });
      const found = await server().entitlementsOf(source);
      expect(found.map((entitlement) => entitlement.attributes)).toEqual([
        // In file order, without duplicates; "staff" and "Staff" are different.
        { id: 'a', name: 'Alpha', region: 'EU', groups: ['staff', 'Staff'], entitlements: ['read', 'write', 'x, y'] },
        { id: 'b', name: 'Beta', groups: ['admins'], entitlements: [] },
        { id: 'c', name: 'Gamma', region: 'US', groups: [], entitlements: [] },
      ]);
    });

    test('set value, name, description, typed attributes and permissions', async () => {
      const source = await server().createSource(
        {},
        {
          identityAttribute: 'key',
          displayAttribute: 'title',
          includePermissions: true,
          attributes: [
            ...attributes('key', 'title', 'description', 'note'),
            { name: 'members', type: 'INT' },
            { name: 'active', type: 'BOOLEAN' },
            { name: 'since', type: 'DATE' },
          ],
        },
      );
      const task = await server().load(
        source,
        [
          'key,title,description,note,members,active,since,permissions',
          'CN=Ops,Operations,Runs it,x,12,TRUE,2024-02-30,"server|start,stop"',
          'CN=Ops,Operations,Runs it,x,12,TRUE,2024-02-30,"{""target"":""db"",""rights"":[""read""]}"',
          'CN=Ops,Operations,Runs it,x,12,TRUE,2024-02-30,"server|restart,stop"',
          'cn=ops,,,,many,yes,,',
        ].join('\n'),
        { status: 'WARNING' },
      );
      expect(
        task.messages.map(({ localizedText }: { localizedText: { message: string } }) => localizedText.message),
      ).toEqual([
        'members of 1 object (line 5) is not of type INT, for example "many". The value is kept as text.',
        'active of 1 object (line 5) is not of type BOOLEAN, for example "yes". The value is kept as text.',
      ]);
      const [ops, small] = await server().entitlementsOf(source);
      expect(ops).toMatchObject({
        value: 'CN=Ops',
        name: 'Operations',
        description: 'Runs it',
        attributes: { key: 'CN=Ops', members: 12, active: true, since: '2024-02-30' },
        directPermissions: [
          { target: 'server', rights: ['start', 'stop', 'restart'] },
          { target: 'db', rights: ['read'] },
        ],
      });
      // Keys are case-sensitive. An invalid number is kept as text.
      expect(small).toMatchObject({
        value: 'cn=ops',
        name: 'cn=ops',
        description: null,
        attributes: { key: 'cn=ops', members: 'many', active: 'yes' },
        directPermissions: [],
      });
    });
  });

  test('the same file again changes nothing; a changed row changes one entitlement', async () => {
    const source = await server().createSource();
    const rows = ['id,name,groups', 'a,Alpha,x', 'b,Beta,y', 'a,Alpha,z'];
    await server().load(source, rows.join('\n'));
    const before = await server().entitlementsOf(source);
    const same = await server().load(source, rows.join('\n'));
    expect(same.attributes).toMatchObject({
      total: 2,
      groupsCreated: 0,
      groupsUpdated: 0,
      groupsDeleted: 0,
      groupsUnchanged: 2,
    });
    expect(await server().entitlementsOf(source)).toEqual(before);
    const changed = await server().load(source, rows.join('\n').replace('Beta', 'Better'));
    expect(changed.attributes).toMatchObject({ groupsCreated: 0, groupsUpdated: 1, groupsUnchanged: 1 });
    const after = await server().entitlementsOf(source);
    expect(after[0]).toEqual(before[0]);
    expect(after[1]).toMatchObject({ id: before[1].id, name: 'Better', created: before[1].created });
    expect(after[1].modified > before[1].modified).toBe(true);
  });
});
