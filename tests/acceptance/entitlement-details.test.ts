import { beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { violationsIn } from '../support/invariants.ts';
import { describeOwnServer, expectStatus, form, refusal } from './acceptance.ts';

const header = 'attributeName,attributeValue,schema,displayName,description,privileged';

describeOwnServer('files with details of entitlements', { detailsRows: '5', uploadLimit: '4096' }, (server) => {
  let source: { id: string };
  beforeAll(async () => {
    source = await server().createSource();
  });
  const send = (
    file: string | Uint8Array,
    { family = 'beta', id = source.id, part = 'csvFile' } = {},
  ): Promise<Answer> =>
    server().api.send(
      'POST',
      `/${family}/entitlements/sources/${id}/entitlements/import`,
      form([part, file], ['anything', 'clients send this']),
    );
  const load = () => server().load(source, 'id,name,description\na,Alpha,First\nb,Beta,Second\nc,Gamma,Third\n');
  const read = async (): Promise<Answer['body'][]> =>
    (await server().entitlementsOf(source)).map(
      ({ name, description, privileged, manuallyUpdatedFields: { DISPLAY_NAME, DESCRIPTION } }) => [
        name,
        description,
        privileged,
        DISPLAY_NAME,
        DESCRIPTION,
      ],
    );

  describe.each(['beta', 'muniment/v1'])('importEntitlementDetails in %s', (family) => {
    test('changes what differs, as a person would, and says which rows had no effect', async () => {
      source = await server().createSource();
      await load();
      const rows = [
        'groups,a,group,Alpha Team,First,true',
        'Groups,b,group,Beta,"The\nsecond, now described",',
        'groups,x,group,Unknown,,',
        'memberOf,c,group,Gamma,,false',
        'groups,c,team,,,',
      ];
      expect(expectStatus(await send([header, ...rows, ''].join('\n'), { family }), 200)).toEqual({
        total: 5,
        updated: 2,
        saved: 2,
        problems: [
          { line: 5, problem: 'the source has no entitlement "x" of schema "group"' },
          {
            line: 6,
            problem: 'accounts have the entitlements of schema "group" in the attribute "groups", not "memberOf"',
          },
          { line: 7, problem: 'the source has no entitlement schema "team"' },
        ],
      });
      const after = [
        ['Alpha Team', 'First', true, true, false],
        ['Beta', 'The\nsecond, now described', false, false, true],
        ['Gamma', 'Third', false, false, false],
      ];
      expect(await read()).toEqual(after);
      const [{ id }] = await server().entitlementsOf(source);
      const history = await server().api.get(`/muniment/v1/entitlements/${id}/history`);
      expect(history.body[0]).toMatchObject({
        actor: { id: server().identityId },
        before: { manual: { name: null }, privilegeOverride: { level: null } },
        after: { manual: { name: 'Alpha Team' }, privilegeOverride: { level: 'HIGH' } },
      });

      // The same again changes nothing, and neither does a later aggregation.
      expect(expectStatus(await send([header, rows[0]].join('\n'), { family }), 200)).toEqual({
        total: 1,
        updated: 1,
        saved: 0,
        problems: [],
      });
      await load();
      expect(await read()).toEqual(after);
    });

    test('needs only the first three columns, in any order and case', async () => {
      await load();
      const file = 'Schema,ATTRIBUTEVALUE,privileged,attributeName\r\ngroup,c,TRUE,groups\r\n';
      expect(expectStatus(await send(file, { family }), 200)).toMatchObject({ total: 1, updated: 1 });
      expect((await read())[2]).toEqual(['Gamma', 'Third', true, false, false]);
      expectStatus(await send(file.replace('TRUE', 'false'), { family }), 200);
    });
  });

  test.each<[string, string | Uint8Array, number, RegExp]>([
    ['an unknown column', `${header},colour\na,b,c,,,,red\n`, 400, /"\[colour\]" is unknown/],
    ['a missing column', 'attributeName,attributeValue\ngroups,a\n', 400, /"\[schema\]" is missing/],
    ['a missing key', 'attributeName,schema\ngroups,group\n', 400, /"\[attributeValue\]" is missing/],
    ['another delimiter', `${header.replaceAll(',', ';')}\n`, 400, /is unknown/],
    ['no row', `${header}\n`, 400, /no rows/],
    ['nothing', '', 400, /./],
    ['an empty key', `${header}\ngroups,,group,A,,\n`, 400, /1 row cannot be used.*Line 2: column "attributeValue" is/],
    ['a wrong privilege', `${header}\ngroups,a,group,,,yes\n`, 400, /Line 2: column "privileged" is "yes"/],
    ['a blank name', `${header}\ngroups,a,group, ,,\n`, 400, /Line 2: .*"displayName"/],
    ['a row that is too short', `${header}\ngroups,a,group,A,,\ngroups,a\n`, 400, /Line 3: 2 columns/],
    ['an entitlement twice', `${header}\ng,a,group,A,,\ng,a,group,B,,\n`, 400, /Line 3: .*same entitlement as line 2/],
    ['too many rows', `${header}\n${'groups,a,group,,,\n'.repeat(6)}`, 400, /more than 5 rows.*MUNIMENT_DETAILS_ROWS/],
    ['a workbook', Buffer.from('PK\u0003\u0004xxxx'), 400, /Excel/],
    ['bytes that are not UTF-8', Buffer.from([0x61, 0xff, 0x0a]), 400, /cannot be decoded/],
    ['too many bytes', `${header}\n${'x'.repeat(5000)}`, 413, /larger than the limit/],
  ])('importEntitlementDetails refuses %s, and changes nothing', async (_, file, status, reason) => {
    await load();
    const before = await read();
    expect(refusal(await send(file))).toEqual([status, expect.stringMatching(reason)]);
    expect(await read()).toEqual(before);
  });

  test('importEntitlementDetails names all rows that it cannot use', async () => {
    const { body } = await send(`${header}\ngroups,a,group,,,yes\ngroups,b,group,,,\ngroups,,group,,,\n`);
    expect(body.messages[0].text).toMatch(/^2 rows cannot be used, so nothing is imported\. Line 2:/);
    expect(body.causes.map(({ text }: { text: string }) => text.slice(0, 7))).toEqual(
      expect.arrayContaining(['Line 2:', 'Line 4:']),
    );
  });

  test('importEntitlementDetails needs a file for a known source', async () => {
    expect(refusal(await send('a', { part: 'file' }))).toEqual([400, expect.stringContaining('Send it in the part')]);
    const path = `/beta/entitlements/sources/${source.id}/entitlements/import`;
    expect(refusal(await server().api.send('POST', path, form(['x', 'y'])))).toEqual([
      400,
      expect.stringContaining('Send a CSV file'),
    ]);
    expect((await send(header, { id: 'unknown' })).status).toBe(404);
  });

  test('importEntitlementDetails and updateManyEntitlements leave every invariant true', async () => {
    await load();
    expectStatus(await send(`${header}\ngroups,a,group,Renamed,Described,true\n`), 200);
    const segment = await server().createSegment();
    const body = {
      filters: `source.id eq "${source.id}"`,
      jsonPatch: [
        { op: 'add', path: '/segments/-', value: segment.id },
        { op: 'replace', path: '/name', value: 'One name' },
        { op: 'add', path: '/owner', value: { id: server().identityId } },
      ],
      metadata: { operation: 'REPLACE', values: [{ attribute: 'iscRisk', values: ['low'] }] },
      tags: { operation: 'ADD', tags: ['SOX', 'PCI'] },
      requestConfig: { accessRequestConfig: { denialCommentRequired: true } },
    };
    const { task } = expectStatus(await server().api.send('POST', '/muniment/v1/entitlements/bulk-update', body), 202);
    expect(await server().api.waitForTask(task.id)).toMatchObject({ attributes: { total: 3, updated: 3 } });
    expect(await violationsIn(server().database.url)).toEqual([]);
  });
});
