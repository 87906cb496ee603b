import { describe, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { attributes, describeServer, expectStatus, form } from './acceptance.ts';

const schema = { includePermissions: true, attributes: attributes('id', 'name', 'groups[]') };

/** Valid rows, so that a bad one is a small part of the file. */
const good = Array.from({ length: 40 }, (_, index) => `g${index},Group ${index},,`);

describeServer('what cannot be used of a file', (server) => {
  const textsOf = (task: Answer['body']): string[] =>
    task.messages.map(({ localizedText }: { localizedText: { message: string } }) => localizedText.message);
  const problemsOf = (task: Answer['body']): Promise<Answer> =>
    server().api.get(`/muniment/v1/tasks/${task.id}/problems`);
  const load = (source: { id: string }, rows: readonly string[], status: string): Promise<Answer['body']> =>
    server().load(source, ['id,name,groups,permissions', ...rows].join('\n'), { status });

  test('is skipped, counted, reported with its lines, and prevents deletions', async () => {
    const source = await server().createSource({ deleteThreshold: 100 }, schema);
    await load(source, ['gone,Gone,,', ...good], 'SUCCESS');
    const task = await load(
      source,
      [
        ...good,
        'short,Too few columns',
        'long,Too,many,columns,here',
        ',No key,,',
        `${'x'.repeat(2001)},Too long,,`,
        'twice,One name,a,',
        'twice,Another name,b,',
        'right,Permission,,nonsense',
        '"quoted"x,After a quote,,',
        'new,New,,',
      ],
      'WARNING',
    );
    expect(task.attributes).toMatchObject({ total: 43, groupsCreated: 1, groupsDeleted: 0, badRows: 8 });
    const [first, ...rest] = textsOf(task);
    expect(first).toBe(
      '8 rows of the file could not be used, so nothing was deleted: the file may be incomplete. 1 entitlement missing ' +
        'from it was kept. Correct the rows and load the file again.',
    );
    expect(rest).toEqual([
      'Line 42: 2 columns where the header has 4',
      'Line 43: 5 columns where the header has 4',
      'Line 44: the key column id is empty',
      'Line 45: id is longer than 2000 bytes',
      'Lines 46, 47: the rows of "twice" contradict each other: name is "One name" and "Another name", but is not multi-valued',
      expect.stringContaining('Line 48: the permission "nonsense" is neither TARGET|RIGHT,RIGHT nor'),
      'Line 49: text after a closing quote in column 1',
    ]);
    expect(task.messages.every(({ type }: { type: string }) => type === 'WARN')).toBe(true);
    const values = (await server().entitlementsOf(source)).map(({ value }) => value);
    expect(values).toEqual(expect.arrayContaining(['gone', 'new']));
    expect(values).toHaveLength(42);

    // listTaskProblems returns all of them as CSV.
    const problems = await problemsOf(task);
    expect([problems.status, problems.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    const lines = problems.body.split('\r\n');
    expect(lines.slice(0, 2)).toEqual(['lines,problem', '42,"2 columns where the header has 4"']);
    expect(lines).toContain(
      '46 47,"the rows of ""twice"" contradict each other: name is ""One name"" and ""Another name"", but is not multi-valued"',
    );
    expect(lines).toHaveLength(9);
    expect(lines.slice(1, -1).map((line: string) => Number.parseInt(line, 10))).toEqual([42, 43, 44, 45, 46, 48, 49]);
  });

  test('after the first hundred problems is only in the list', async () => {
    const source = await server().createSource({}, schema);
    const rows = Array.from({ length: 600 }, (_, index) => (index % 5 === 0 ? 'bad' : `r${index},Row,,`));
    const task = await load(source, rows, 'WARNING');
    expect(task.attributes).toMatchObject({ badRows: 120, groupsCreated: 480 });
    expect(task.messages).toHaveLength(102);
    expect(textsOf(task).at(-1)).toBe("20 more problems are in the task's list of problems.");
    expect((await problemsOf(task)).body.trim().split('\r\n')).toHaveLength(121);
  });

  test('the problems of a task without problems, and of an unknown task', async () => {
    const source = await server().createSource({}, schema);
    const task = await load(source, ['a,Alpha,,'], 'SUCCESS');
    expect((await problemsOf(task)).body).toBe('lines,problem\r\n');
    expect((await problemsOf({ id: 'f'.repeat(32) })).status).toBe(404);
  });

  describe('a broken file ends with ERROR and changes nothing', () => {
    test.each<[string, string | Uint8Array, string | RegExp]>([
      [
        'more than a fifth bad rows',
        ['id,name,groups,permissions', 'a,Changed,,', 'b,B,,', 'c,C,,', 'x', 'd,D,,', 'y,'].join('\n'),
        '2 of 6 rows cannot be used, more than 20 %: this is probably the wrong file. Nothing was applied.',
      ],
      [
        'an end inside a quoted value',
        'id,name,groups,permissions\nb,Beta,,\na,"Changed,,\nc,C,,\n',
        /^The file ends inside a quoted value that starts in line 3\. The file may be truncated/,
      ],
      [
        'bytes that are no UTF-8',
        Buffer.concat([
          Buffer.from('id,name,groups,permissions\na,Changed,,\nb,Caf'),
          Buffer.of(0xe9),
          Buffer.from(',,\n'),
        ]),
        /^The file cannot be decoded as utf-8 at byte \d+, line 3\. Save it as utf-8, or set connectorAttributes "group\.encoding"/,
      ],
    ])('%s', async (_what, file, text) => {
      const source = await server().createSource({ deleteThreshold: 100 }, schema);
      await load(source, ['a,Alpha,,', 'z,Zeta,,'], 'SUCCESS');
      const before = await server().entitlementsOf(source);
      const task = await server().load(source, file, { status: 'ERROR' });
      expect(task.messages[0]).toMatchObject({ type: 'ERROR' });
      expect(textsOf(task)[0]).toMatch(text);
      expect(task.attributes).toMatchObject({ groupsCreated: 0, groupsUpdated: 0, groupsDeleted: 0 });
      expect(task).toMatchObject({ percentComplete: 100, progress: 'Failed', completed: expect.any(String) });
      expect(await server().entitlementsOf(source)).toEqual(before);
    });

    test('a file with exactly 20 % bad rows is accepted', async () => {
      const source = await server().createSource({}, schema);
      const task = await load(source, ['a,A,,', 'b,B,,', 'c,C,,', 'd,D,,', 'x'], 'WARNING');
      expect(task.attributes).toMatchObject({ groupsCreated: 4, badRows: 1 });
    });
  });

  test('deleting a source with a queued file ends the task with a reason', async () => {
    const source = await server().createSource({}, schema);
    const { id } = await server().createSource({}, schema);
    // The first load keeps the queue busy while the second source is deleted.
    const many = Array.from({ length: 3000 }, (_, index) => `m${index},Many,,`).join('\n');
    const upload = async (to: string, rows: string): Promise<string> => {
      const body = form(['file', `id,name,groups,permissions\n${rows}`]);
      return expectStatus(await server().api.send('POST', `/v2025/sources/${to}/load-entitlements`, body), 202).id;
    };
    const first = await upload(source.id, many);
    const second = await upload(id, 'a,A,,\n');
    const deletion = expectStatus(await server().api.send('DELETE', `/v2025/sources/${id}`), 202);
    expect((await server().api.waitForTask(first)).completionStatus).toBe('SUCCESS');
    expect(['SUCCESS', 'ERROR']).toContain((await server().api.waitForTask(second)).completionStatus);
    expect((await server().api.waitForTask(deletion.id)).completionStatus).toBe('SUCCESS');
    expect((await server().api.get(`/v2025/sources/${id}`)).status).toBe(404);
  });
});
