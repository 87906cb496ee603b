import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { addEntitlements, addSegments, addSource } from '../../../tests/support/catalogue.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import type { ListQuery, Sort } from '../../list-query.ts';
import type { Database } from '../database.ts';
import { lockEntitlements } from './entitlement-aggregation.ts';
import { countEntitlements, findEntitlements } from './entitlement-lists.ts';
import { updateSegments } from './entitlement-segments.ts';
import type { EntitlementRow } from './entitlements.ts';
import type { SegmentScope } from './segment-lists.ts';

/** A hundred and ten segments: more than are merged. Every third is inactive. */
const segments = Array.from({ length: 110 }, (_, index) => `s${String(index).padStart(3, '0')}`);
const isActive = (id: string): boolean => segments.indexOf(id) % 3 !== 0;

/** The segments of the entitlement with this number: none, one or several, active or not. */
function segmentsOf(number: number): string[] {
  const count = [0, 0, 1, 2, 7][number % 5] ?? 0;
  return [...new Set(Array.from({ length: count }, (_, index) => segments[(number * 7 + index * 5) % 110] ?? ''))];
}

const total = 150;
/** Names in an order unlike that of the ids, some of them equal. */
const nameOf = (number: number): string => `Name ${String((number * 37) % 100).padStart(3, '0')}`;

async function assign(database: Database, segmentsById: ReadonlyMap<string, readonly string[]>): Promise<void> {
  await database.write(async (transaction) => {
    const rows = await lockEntitlements(transaction, [...segmentsById.keys()]);
    const changes = [...rows.values()].map((row) => ({ row, segments: segmentsById.get(row.id) ?? null }));
    await updateSegments(transaction, changes, 1);
  });
}

/** What a list should contain, before its page. */
function expected(rows: readonly EntitlementRow[], scope: SegmentScope, sorts: readonly Sort[]): string[] {
  const listed = rows.filter((row) => {
    const assigned = JSON.parse(row.segments ?? '[]') as string[];
    return assigned.some((id) => scope.segments.includes(id)) || (scope.unsegmented && !assigned.some(isActive));
  });
  const [sort = { field: 'id', descending: false }, id = { field: 'id', descending: sort.descending }] = sorts;
  const name = (row: EntitlementRow): string => (sort.field === 'name' ? (row.sourceDisplayName ?? '') : '');
  const compare = (a: string, b: string, descending: boolean): number => (a === b ? 0 : a < b === descending ? 1 : -1);
  return listed
    .toSorted(
      (a, b) =>
        compare(name(a), name(b), sort.descending) ||
        compare(a.id, b.id, sort.field === 'id' ? sort.descending : id.descending),
    )
    .map((row) => row.id);
}

const scopes = fc.record({
  of: fc.constant('segments' as const),
  segments: fc.oneof(
    { weight: 5, arbitrary: fc.subarray(segments, { maxLength: 9 }) },
    { weight: 1, arbitrary: fc.subarray(segments, { minLength: 70 }) },
  ),
  unsegmented: fc.boolean(),
});

const orders = fc
  .tuple(fc.constantFrom('name', 'id'), fc.boolean(), fc.option(fc.boolean(), { nil: undefined }))
  .map(([field, descending, id]): Sort[] => [
    { field, descending },
    ...(id === undefined || field === 'id' ? [] : [{ field: 'id', descending: id }]),
  ]);

describeStorage('lists of segments', (database) => {
  let all: EntitlementRow[];
  const list = (more: Partial<ListQuery>): ListQuery => ({
    condition: undefined,
    sorts: [],
    offset: 0,
    limit: 250,
    after: undefined,
    count: false,
    ...more,
  });

  beforeAll(async () => {
    const source = await addSource(database(), 'Directory', { group: null });
    await addSegments(database(), segments.filter(isActive));
    await addSegments(
      database(),
      segments.filter((id) => !isActive(id)),
      { active: 0 },
    );
    const ids = await addEntitlements(
      database(),
      Array.from({ length: total }, (_, number) => ({
        source_id: source,
        value: `v${number}`,
        source_display_name: nameOf(number),
        requestable: number % 2 === 0 ? (1 as const) : (0 as const),
      })),
    );
    await assign(database(), new Map(ids.map((id, number) => [id, segmentsOf(number)])));
    all = await findEntitlements(database(), { of: 'all' }, list({}));
  });

  test('contain each entitlement once, in every order, page by page, with its count', async () => {
    const cases = fc.record({ scope: scopes, sorts: orders, limit: fc.integer({ min: 1, max: 60 }) });
    await fc.assert(
      fc.asyncProperty(cases, async ({ scope, sorts, limit }) => {
        const ids = expected(all, scope, sorts);
        const whole = await findEntitlements(database(), scope, list({ sorts }));
        expect(whole.map(({ id }) => id)).toEqual(ids);
        expect(await countEntitlements(database(), scope, list({}))).toBe(ids.length);
        const later = await findEntitlements(database(), scope, list({ sorts, offset: limit, limit }));
        expect(later.map(({ id }) => id)).toEqual(ids.slice(limit, 2 * limit));
        const last = whole[limit - 1];
        if (last !== undefined && sorts.at(-1)?.field === 'id') {
          const after = sorts.map(({ field }) => (field === 'id' ? last.id : last.sourceDisplayName));
          const next = await findEntitlements(database(), scope, list({ sorts, limit, after }));
          expect(next.map(({ id }) => id)).toEqual(ids.slice(limit, 2 * limit));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('sort equal names by id in the direction of the id', async () => {
    const scope = { of: 'segments', segments: segments.slice(0, 9), unsegmented: true } as const;
    for (const [name, id] of [
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ] as const) {
      const sorts = [
        { field: 'name', descending: name },
        { field: 'id', descending: id },
      ];
      // Page by page: the rows of one page are sorted once more when they are read.
      const rows: EntitlementRow[] = [];
      for (let size = 7; size === 7;) {
        const page = await findEntitlements(database(), scope, list({ sorts, offset: rows.length, limit: 7 }));
        rows.push(...page);
        size = page.length;
      }
      const pairs = rows.slice(1).flatMap((row, index) => {
        const before = rows[index];
        return before?.sourceDisplayName === row.sourceDisplayName ? [[before?.id ?? '', row.id] as const] : [];
      });
      expect(pairs.length).toBeGreaterThan(10);
      expect(pairs.filter(([first, second]) => first > second !== id)).toEqual([]);
    }
  });

  test('can be filtered, and sorted by anything', async () => {
    const condition = { kind: 'test', field: 'requestable', operator: 'eq', values: [true] } as const;
    await fc.assert(
      fc.asyncProperty(scopes, async (scope) => {
        const ids = expected(all, scope, []);
        const sorted = await findEntitlements(
          database(),
          scope,
          list({ sorts: [{ field: 'value', descending: true }] }),
        );
        expect(sorted.map(({ id }) => id).toSorted()).toEqual(ids);
        const filtered = await findEntitlements(database(), scope, list({ condition }));
        const requestable = all.filter((row) => row.requestable === 1 && ids.includes(row.id)).map(({ id }) => id);
        expect(filtered.map(({ id }) => id)).toEqual(requestable);
        expect(await countEntitlements(database(), scope, list({ condition }))).toBe(requestable.length);
      }),
      { numRuns: 25 },
    );
  });

  test('of more assignments than are sorted for each page', async () => {
    const source = await addSource(database(), 'Large', { group: null });
    const ids = await addEntitlements(
      database(),
      Array.from({ length: 10_001 }, (_, number) => ({ source_id: source, value: `w${number}` })),
    );
    await addSegments(database(), ['large']);
    await assign(database(), new Map(ids.map((id) => [id, ['large']])));
    const scope = { of: 'segments', segments: ['large'], unsegmented: false } as const;
    const sorts = [{ field: 'value', descending: false }];
    const page = await findEntitlements(database(), scope, list({ sorts, limit: 3 }));
    expect(page.map(({ value }) => value)).toEqual(['w0', 'w1', 'w10']);
    expect(await countEntitlements(database(), scope, list({}))).toBe(10_001);
    const condition = { kind: 'test', field: 'value', operator: 'sw', values: ['w9'] } as const;
    expect(await countEntitlements(database(), scope, list({ condition }))).toBe(1111);
  });
});
