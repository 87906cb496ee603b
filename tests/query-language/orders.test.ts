import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseSearchAfter } from '../../src/api/paging.ts';
import { parseSorters } from '../../src/api/sorters.ts';
import type { Sort, Value } from '../../src/list-query.ts';
import { after, closeOrder, orderBy } from '../../src/storage/query/order.ts';
import { engines } from './engines.ts';
import type { Engine } from './engines.ts';
import { columns, fields, inOrder, pools, sorters, thingsOf } from './things.ts';
import type { Field, Thing } from './things.ts';

/** Returns the sorters text. */
function textOf(sorts: readonly Sort[]): string {
  return sorts.map(({ field, descending }) => (descending ? `-${field}` : field)).join(',');
}

/** Returns `searchAfter` for the last row of a page. */
function searchAfterOf(thing: Thing, sorts: readonly Sort[]): string {
  return sorts
    .map(({ field }) => {
      const value = thing[field as Field] as Value | null;
      if (value === null) {
        return '';
      }
      const shown = fields[field as Field].type === 'date' ? new Date(Number(value)).toISOString() : String(value);
      return `"${shown.replaceAll('"', '""')}"`;
    })
    .join(',');
}

const cases = pools.chain((pool) =>
  fc.record({
    things: thingsOf(pool),
    sorts: sorters,
    isClosedDescending: fc.boolean(),
    limit: fc.integer({ min: 1, max: 4 }),
  }),
);

for (const { title, isThere, open } of engines) {
  describe.skipIf(!isThere)(`an order ${title}`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await open();
    });
    afterAll(() => engine.database.destroy());

    test('is the same as sorting in memory, with the id last', async () => {
      await fc.assert(
        fc.asyncProperty(cases, async ({ things, sorts }) => {
          await engine.fill(things);
          const parsed = parseSorters(textOf(sorts), Object.keys(fields));
          const rows = await engine.database
            .selectFrom('thing')
            .select('id')
            .orderBy(orderBy(parsed, columns))
            .execute();
          expect(rows.map(({ id }) => id)).toEqual(inOrder(things, closeOrder(sorts)).map(({ id }) => id));
        }),
        { numRuns: 150 },
      );
    });

    test('paging with searchAfter visits every row once, in order', async () => {
      await fc.assert(
        fc.asyncProperty(cases, async ({ things, sorts, isClosedDescending, limit }) => {
          await engine.fill(things);
          const closed = [...sorts, { field: 'id', descending: isClosedDescending }];
          const visited: Thing[] = [];
          for (;;) {
            const query = engine.database
              .selectFrom('thing')
              .select('id')
              .orderBy(orderBy(closed, columns))
              .limit(limit);
            const last = visited.at(-1);
            const values =
              last === undefined ? undefined : parseSearchAfter(searchAfterOf(last, closed), closed, fields);
            const rows = await (values === undefined ? query : query.where(after(closed, values, columns))).execute();
            visited.push(...rows.flatMap(({ id }) => things.filter((thing) => thing.id === id)));
            if (rows.length < limit || visited.length > things.length) {
              break;
            }
          }
          expect(visited.map(({ id }) => id)).toEqual(inOrder(things, closed).map(({ id }) => id));
        }),
        { numRuns: 150 },
      );
    });
  });
}
