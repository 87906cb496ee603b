import { beforeAll, describe, expect, test } from 'vitest';
import { contractFamilies, type Family } from '../../src/api/families.ts';
import type { Answer } from '../support/api-client.ts';
import { attributes, describeServer, expectStatus, pathIn, queryOf, refusal } from './acceptance.ts';

/** Names that are equal, empty or need quoting in searchAfter, and a text that is already sorted. */
const names = ['Alpha', 'alpha', 'ALPHA', '', 'b, c', '"quoted" d', 'x"y', 'Ünder', 'z', 'z', 'zz'];
const children = names.map((name, index) => `v${index},"${name.replaceAll('"', '""')}",top`);

describeServer('pages of entitlements', (server) => {
  let source: { id: string };
  let topId: string;
  beforeAll(async () => {
    source = await server().createSource(
      {},
      { hierarchyAttribute: 'up', attributes: attributes('id', 'name', 'up[]') },
    );
    await server().load(source, `id,name,up\ntop,Top,\n${children.join('\n')}\n`);
    topId = (await server().entitlementsOf(source)).find(({ value }) => value === 'top').id;
  });
  const list = (family: Family, parameters: Record<string, string | number | boolean>): Promise<Answer> =>
    server().api.get(
      `${pathIn(family, '/entitlements')}?${queryOf({ filters: `source.id eq "${source.id}"`, ...parameters })}`,
    );
  const ids = (answer: Answer): string[] => expectStatus(answer, 200).map(({ id }: { id: string }) => id);

  describe.each(contractFamilies)('in %s', (family) => {
    test('offset, limit and count', async () => {
      const all = await list(family, { sorters: 'name,id', count: true });
      expect([all.headers.get('x-total-count'), all.body.length]).toEqual(['12', 12]);
      const paged: string[] = [];
      for (let offset = 0; offset < 15; offset += 5) {
        paged.push(...ids(await list(family, { sorters: 'name,id', offset, limit: 5 })));
      }
      expect(paged).toEqual(ids(all));
      expect((await list(family, { limit: 5 })).headers.get('x-total-count')).toBeNull();
      // PowerShell capitalises booleans.
      const none = await list(family, { limit: 0, count: 'True' });
      expect([none.headers.get('x-total-count'), none.body]).toEqual(['12', []]);
      expect(ids(await list(family, { offset: 2_000_000_000 }))).toEqual([]);
      for (const [parameters, reason] of [
        [{ limit: 251 }, 'Parameter "limit" is 251. It must be at most 250.'],
        [{ limit: -1 }, 'Parameter "limit" is -1. It must be at least 0.'],
        [{ limit: 'ten' }, 'Parameter "limit" is "ten". It must be a whole number.'],
        [{ offset: -1 }, 'Parameter "offset" is -1. It must be at least 0.'],
        [{ offset: 1.5 }, 'Parameter "offset" is "1.5". It must be a whole number.'],
        [{ count: 'yes' }, 'Parameter "count" is "yes". It must be true or false.'],
      ] as const) {
        expect(refusal(await list(family, parameters))).toEqual([400, reason]);
      }
    });

    test('unknown parameters are ignored, unimplemented ones are reported', async () => {
      expect((await list(family, { limit: 1, color: 'red' })).status).toBe(200);
      const isNew = family === 'v2026' || family === 'v1';
      expect(refusal(await list(family, { 'account-id': 'x' }))).toEqual(
        isNew
          ? [400, expect.stringContaining(`"account-id" does not exist in ${family}`)]
          : [400, expect.stringContaining('"account-id" and "filters" cannot be used together')],
      );
      expect(refusal(await list(family, { filters: 'name eq "x" or tags eq "y"' }))).toEqual(
        isNew ? [200, '[]'] : [400, expect.stringContaining('"tags" is not a filter field here')],
      );
    });
  });

  describe.each(['v2026', 'v1'] as const)('searchAfter in %s', (family) => {
    /** Returns searchAfter as a client builds it: the values of the last row, quoted if necessary. */
    function after(row: Record<string, unknown>, sorters: readonly string[]): string {
      return sorters
        .map((sorter) => String(row[sorter.replace('-', '')] ?? ''))
        .map((value) => (/^"|,|^$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
        .join(',');
    }

    test.each([['id'], ['-id'], ['name', 'id'], ['-name', 'id'], ['requestable', '-value', '-id'], ['created', 'id']])(
      'reads every row once, sorted by %s %s %s',
      async (...fields) => {
        const sorters = fields.filter((field) => field !== undefined);
        const expected = ids(await list(family, { sorters: sorters.join(',') }));
        const seen: string[] = [];
        let page = await list(family, { sorters: sorters.join(','), limit: 3 });
        while (page.body.length > 0) {
          seen.push(...ids(page));
          const searchAfter = after(page.body.at(-1), sorters);
          page = await list(family, { sorters: sorters.join(','), limit: 3, searchAfter });
          expectStatus(page, 200);
        }
        expect(seen).toEqual(expected);
      },
    );

    test('works on children and parents', async () => {
      const path = pathIn(family, `/entitlements/${topId}/children`);
      const rest = await server().api.get(`${path}?${queryOf({ sorters: 'value,id', searchAfter: 'v7,z' })}`);
      expect(expectStatus(rest, 200).map(({ value }: { value: string }) => value)).toEqual(['v8', 'v9']);
    });

    test('invalid ones are rejected', async () => {
      for (const [parameters, reason] of [
        [
          { searchAfter: 'a' },
          'searchAfter requires sorters that end in id, which is unique; there are none. Send sorters=id.',
        ],
        [{ sorters: 'name', searchAfter: 'a' }, 'sorters is "name". Send sorters=name,id.'],
        [{ sorters: 'name,id', searchAfter: 'a' }, 'searchAfter has 1 value for 2 sorters (name,id)'],
        [{ sorters: 'name,id', searchAfter: 'a,b,c' }, 'searchAfter has 3 values for 2 sorters'],
        [{ sorters: 'name,id', searchAfter: '"a,b' }, 'no closing double quote'],
        [{ sorters: 'created,id', searchAfter: 'yesterday,x' }, 'the value of "created" is "yesterday"'],
        [
          { sorters: 'id', searchAfter: 'a', offset: 1 },
          'Parameter "offset" is 1. Together with searchAfter it must be 0 or omitted.',
        ],
      ] as const) {
        expect(refusal(await list(family, parameters))).toEqual([400, expect.stringContaining(reason)]);
      }
    });
  });

  test.each(['beta', 'v2024', 'v2025'] as const)(
    'searchAfter is refused in %s, where it would do nothing',
    async (family) => {
      expect(refusal(await list(family, { sorters: 'id', searchAfter: 'a' }))).toEqual([
        400,
        expect.stringContaining(`"searchAfter" does not exist in ${family}`),
      ]);
    },
  );
});
