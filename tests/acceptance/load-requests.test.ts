import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import {
  attributes,
  describeOwnServer,
  describeServer,
  expectStatus,
  form,
  pathIn,
  plainFamilies,
  queryOf,
  refusal,
} from './acceptance.ts';

function textForm(): FormData {
  const data = new FormData();
  data.append('file', csv);
  return data;
}

const csv = 'id,name\na,Alpha\nb,Beta\n';

describeServer('requests to load entitlements', (server) => {
  const load = (source: { id: string }, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    server().api.send('POST', `/v2025/sources/${source.id}/load-entitlements`, body, headers);
  const tasksOf = async (source: { id: string }): Promise<unknown[]> =>
    expectStatus(
      await server().api.get(`/v2025/task-status?${queryOf({ filters: `sourceId eq "${source.id}"` })}`),
      200,
    );
  const finish = async (answer: Answer): Promise<Answer['body']> =>
    server().api.waitForTask(expectStatus(answer, 202).id);

  test.each(plainFamilies)('importEntitlements in %s answers with the task at once', async (family) => {
    const source = await server().createSource();
    const answer = await server().api.send(
      'POST',
      pathIn(family, `/sources/${source.id}/load-entitlements`),
      form(['file', csv]),
    );
    const label = (name: string): string => `TASK_OUT_ACCOUNT_GROUP_AGGREGATION_${name}`;
    expect(expectStatus(answer, 202)).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      type: 'QUARTZ',
      // SDKs read one of them, ISC sends the other.
      uniqueName: 'Cloud Group Aggregation',
      name: 'Cloud Group Aggregation',
      description: 'Aggregate from the specified application',
      launcher: expect.any(String),
      created: expect.any(String),
      returns: [
        { displayLabel: label('APPLICATIONS'), attributeName: 'applications' },
        { displayLabel: label('TOTAL'), attributeName: 'total' },
        { displayLabel: label('CREATED'), attributeName: 'groupsCreated' },
        { displayLabel: label('UPDATED'), attributeName: 'groupsUpdated' },
        { displayLabel: label('DELETED'), attributeName: 'groupsDeleted' },
      ],
    });
    expect(await finish(answer)).toMatchObject({ completionStatus: 'SUCCESS', attributes: { groupsCreated: 2 } });
  });

  test.each(plainFamilies)('importEntitlementsBySource in %s takes the part csvFile', async (family) => {
    const source = await server().createSource();
    const path = pathIn(family, `/entitlements/aggregate/sources/${source.id}`);
    const answer = await server().api.send('POST', path, form(['csvFile', csv]));
    expect(await finish(answer)).toMatchObject({ completionStatus: 'SUCCESS', attributes: { groupsCreated: 2 } });
    expect(refusal(await server().api.send('POST', path, form(['file', csv])))).toEqual([
      400,
      'The file is in the part "file". Send it in the part "csvFile".',
    ]);
  });

  describe('choose the schema', () => {
    const twoSchemas = async (columns: readonly string[]): Promise<{ id: string }> => {
      const source = await server().createSource({}, { attributes: attributes('id', 'name') });
      const role = { name: 'role', identityAttribute: 'id', attributes: attributes(...columns) };
      expectStatus(await server().api.send('POST', `/v2025/sources/${source.id}/schemas`, role), 201);
      return source;
    };
    const typesOf = async (source: { id: string }): Promise<string[]> =>
      (await server().entitlementsOf(source)).map(({ sourceSchemaObjectType }) => sourceSchemaObjectType);

    test('by objectType, before or after the file', async () => {
      const source = await twoSchemas(['id', 'name']);
      await finish(await load(source, form(['file', csv], ['objectType', 'role'])));
      expect(await typesOf(source)).toEqual(['role', 'role']);
      await finish(await load(source, form(['objectType', 'group'], ['file', csv])));
      expect(await typesOf(source)).toEqual(['role', 'group', 'role', 'group']);
    });

    test('by the header, if exactly one schema has its columns', async () => {
      const source = await twoSchemas(['id', 'title']);
      await finish(await load(source, form(['objectType', ''], ['file', 'id,title\nx,X\n'])));
      expect(await typesOf(source)).toEqual(['role']);
    });

    test('otherwise: 400 with the candidates', async () => {
      const source = await twoSchemas(['id', 'name']);
      expect(refusal(await load(source, form(['file', csv])))).toEqual([
        400,
        'The header matches the schemas "group", "role". Select one of them with the part "objectType".',
      ]);
      expect(refusal(await load(source, form(['file', csv], ['objectType', 'team'])))).toEqual([
        400,
        'Part "objectType" is "team". It must name an entitlement schema of the source: "group", "role".',
      ]);
      const neither = await load(source, form(['file', 'id,colour\n']));
      expect(refusal(neither)).toEqual([400, 'The header [id, colour] matches none of the schemas "group", "role".']);
      expect(neither.body.causes[0].text).toBe(
        'Schema "group": Column: "[colour]" is unknown and/or column: "[]" is missing',
      );
      expect(await tasksOf(source)).toEqual([]);
    });
  });

  test('a header that does not match is rejected immediately, with both lists', async () => {
    const source = await server().createSource();
    const answer = await load(source, form(['file', 'key,name,colour\na,b,c\n']));
    expect([answer.body.detailCode, ...refusal(answer)]).toEqual([
      '400.1.3 Illegal value',
      400,
      'Column: "[key, colour]" is unknown and/or column: "[id]" is missing',
    ]);
    const wrongDelimiter = await load(source, form(['file', 'id;name\na;b\n']));
    expect(wrongDelimiter.body.causes.map(({ text }: { text: string }) => text).join(' ')).toContain(
      'set connectorAttributes "group.delimiter" to it',
    );
    expect(await tasksOf(source)).toEqual([]);
    expect(await server().entitlementsOf(source)).toEqual([]);
  });

  test.each<[string, string | FormData | undefined, Record<string, string>, string]>([
    ['no body', undefined, {}, 'reads files: send a CSV file'],
    ['an empty JSON body', undefined, { 'content-type': 'application/json' }, 'reads files: send a CSV file'],
    ['an empty form', undefined, { 'content-type': 'application/x-www-form-urlencoded' }, 'reads files'],
    ['multipart without boundary or body', undefined, { 'content-type': 'multipart/form-data' }, 'reads files'],
    [
      'multipart of a closing boundary',
      '--b--\r\n',
      { 'content-type': 'multipart/form-data; boundary=b' },
      'reads files',
    ],
    ['an objectType only', form(['objectType', 'group']), {}, 'reads files'],
    ['a file as text', textForm(), {}, 'The part "file" has no file name.'],
    ['another part', form(['csvFile', csv]), {}, 'The file is in the part "csvFile". Send it in the part "file".'],
    ['two files', form(['file', csv], ['file', csv]), {}, 'The body contains more than one file.'],
    ['an empty file', form(['file', '']), {}, 'The file has no header'],
    ['a header with a column twice', form(['file', 'id,id\n']), {}, 'Column "id" occurs twice in the header.'],
    [
      'a cut multipart body',
      '--b\r\nContent-Dispo',
      { 'content-type': 'multipart/form-data; boundary=b' },
      'multipart body cannot be parsed',
    ],
  ])('%s is rejected', async (_what, body, headers, reason) => {
    const source = await server().createSource();
    expect(refusal(await load(source, body, headers))).toEqual([400, expect.stringContaining(reason)]);
    expect(await tasksOf(source)).toEqual([]);
  });

  test('an unknown source is a 404', async () => {
    expect((await load({ id: 'f'.repeat(32) }, form(['file', csv]))).status).toBe(404);
  });

  test('unusual but valid multipart bodies are accepted', async () => {
    const part = (disposition: string, text: string): string =>
      `--b\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: text/csv\r\n\r\n${text}\r\n`;
    const boundary = { 'content-type': 'multipart/form-data; boundary=b' };
    for (const [what, body, headers] of [
      [
        'a stray quote in Content-Disposition',
        `${part('name="file"; filename="groups.csv" "', csv)}--b--\r\n`,
        boundary,
      ],
      [
        'a boundary that is not announced',
        `${part('name="file"; filename="g.csv"', csv)}--b--\r\n`,
        { 'content-type': 'multipart/form-data' },
      ],
      ['a preamble and an epilogue', `hello\r\n${part('name="file"; filename="g.csv"', csv)}--b--\r\nbye`, boundary],
    ] as const) {
      const task = await finish(await load(await server().createSource(), body, headers));
      expect(task, what).toMatchObject({ completionStatus: 'SUCCESS', attributes: { groupsCreated: 2 } });
    }
  });
});

describeOwnServer('uploads', { uploadLimit: '2048' }, (server) => {
  const spooled = (): string[] => readdirSync(join(server().dataDir, 'spool'));

  test('larger than the limit are rejected, and leave no file', async () => {
    const source = await server().createSource();
    const path = `/v2025/sources/${source.id}/load-entitlements`;
    const answer = await server().api.send('POST', path, form(['file', `id,name\n${'a,Alpha\n'.repeat(1000)}`]));
    expect([answer.body.detailCode, ...refusal(answer)]).toEqual([
      '413 Content too large',
      413,
      expect.stringContaining('is larger than the limit of 2048 bytes. Split it, or raise MUNIMENT_UPLOAD_LIMIT.'),
    ]);
    expect((await server().api.send('POST', path, form(['file', 'what,ever\n']))).status).toBe(400);
    expect((await server().api.send('POST', path, form(['file', csv], ['file', csv]))).status).toBe(400);
    expect(spooled()).toEqual([]);
    await server().load(source, csv);
    // The server removes the file after the task has ended.
    await expect.poll(spooled).toEqual([]);
  });

  test('that are aborted leave no file', async () => {
    const source = await server().createSource();
    await new Promise<void>((resolve) => {
      const upload = request(`${server().url}/v2025/sources/${source.id}/load-entitlements`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${server().api.token}`,
          'content-type': 'multipart/form-data; boundary=b',
          'content-length': '1000',
        },
      });
      upload.on('error', () => resolve());
      upload.write('--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nid,name\r\na,');
      setTimeout(() => upload.destroy(), 100);
    });
    await expect.poll(spooled, { timeout: 5000 }).toEqual([]);
    const tasks = await server().api.get(`/v2025/task-status?${queryOf({ filters: `sourceId eq "${source.id}"` })}`);
    expect(tasks.body).toEqual([]);
  });
});
