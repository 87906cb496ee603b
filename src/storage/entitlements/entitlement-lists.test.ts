import { beforeAll, describe, expect, test } from 'vitest';
import { addEntitlements, addIdentity, addSource } from '../../../tests/support/catalogue.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import type { Condition, ListQuery, Operator, Sort, Value } from '../../list-query.ts';
import { countEntitlements, type EntitlementScope, findEntitlements } from './entitlement-lists.ts';
import { findEntitlement } from './entitlements.ts';

const everything: ListQuery = { condition: undefined, sorts: [], offset: 0, limit: 250, after: undefined, count: true };
const all: EntitlementScope = { of: 'all' };

function by(field: string, operator: Operator, ...values: Value[]): Condition {
  return { kind: 'test', field, operator, values };
}

function sorts(text: string): Sort[] {
  return text.split(',').map((name) => ({ field: name.replace('-', ''), descending: name.startsWith('-') }));
}

describeStorage('lists of entitlements', (database) => {
  let directory: string;
  let cloud: string;
  let owner: string;

  beforeAll(async () => {
    directory = await addSource(database(), 'Directory', { group: 'memberOf', role: null });
    cloud = await addSource(database(), 'Cloud', { group: 'Groups', role: 'Roles' });
    owner = await addIdentity(database(), 'Olga Owner');
    await addEntitlements(database(), [
      { source_id: directory, value: 'A', source_display_name: 'Zebra', created: 1, modified: 9, owner_id: owner },
      { source_id: directory, value: 'a', source_display_name: 'apple', created: 2, modified: 8, requestable: 1 },
      { source_id: directory, value: 'R', type: 'role', created: 3, modified: 7, source_privilege: 'HIGH' },
      {
        source_id: cloud,
        value: 'A',
        manual_name: 'Äpfel',
        is_name_manual: 1,
        created: 4,
        modified: 6,
        source_privilege: 'LOW',
      },
      {
        source_id: cloud,
        value: 'B',
        type: 'role',
        created: 5,
        modified: 5,
        source_privilege: 'LOW',
        privilege_override: 'HIGH',
      },
      {
        source_id: cloud,
        value: 'C',
        type: 'unknown',
        created: 6,
        modified: 4,
        source_privilege: 'HIGH',
        privilege_override: 'NONE',
      },
    ]);
  });

  /** Returns the found entitlements as their `created`, which is their number. */
  async function numbers(list: Partial<ListQuery>): Promise<number[]> {
    return (await findEntitlements(database(), all, { ...everything, ...list })).map((row) => row.created);
  }

  test('a row has the names of the objects it refers to', async () => {
    const [row] = await findEntitlements(database(), all, everything);
    expect(row).toMatchObject({
      sourceId: directory,
      sourceName: 'Directory',
      attribute: 'memberOf',
      ownerId: owner,
      ownerName: 'Olga Owner',
      sourceDisplayName: 'Zebra',
      version: 1,
    });
    expect(await findEntitlement(database().keyed, row?.id ?? '')).toEqual(row);
    expect(await findEntitlement(database().keyed, 'nothing')).toBeUndefined();
  });

  test.each<[Condition, number[]]>([
    [by('name', 'eq', 'ÄPFEL'), [4]],
    [by('name', 'sw', 'ap'), [2]],
    [by('name', 'in', 'zebra', 'r'), [1, 3]],
    [by('value', 'eq', 'a'), [1, 2, 4]],
    [by('value', 'sw', 'B'), [5]],
    [by('type', 'eq', 'ROLE'), [3, 5]],
    [by('attribute', 'eq', 'MEMBEROF'), [1, 2]],
    [by('attribute', 'in', 'roles', 'groups'), [4, 5]],
    [{ kind: 'not', condition: by('attribute', 'eq', 'roles') }, [1, 2, 3, 4, 6]],
    [by('requestable', 'eq', true), [2]],
    [by('created', 'gt', 4), [5, 6]],
    [by('modified', 'le', 5), [5, 6]],
    [by('privilegeLevel.direct', 'eq', 'high'), [3, 5]],
    [by('privilegeLevel.direct', 'eq', 'NONE'), [1, 2, 6]],
    [{ kind: 'not', condition: by('privilegeLevel.direct', 'eq', 'NONE') }, [3, 4, 5]],
    [{ kind: 'not', condition: by('privilegeLevel.direct', 'eq', 'high') }, [1, 2, 4, 6]],
    [by('requestable', 'eq', false), [1, 3, 4, 5, 6]],
    [
      { kind: 'and', conditions: [by('attribute', 'eq', 'Groups'), by('value', 'eq', 'A'), by('type', 'eq', 'group')] },
      [4],
    ],
  ])('%j', async (condition, expected) => {
    expect(await numbers({ condition })).toEqual(expected);
    expect(await countEntitlements(database(), all, { ...everything, condition })).toBe(expected.length);
  });

  test('counts by source match the rows after every change', async () => {
    const other = await addSource(database(), 'Other');
    const unknown = 'f'.repeat(32);
    const counts = (): Promise<number[]> =>
      Promise.all(
        [
          undefined,
          by('source.id', 'eq', directory),
          by('source.id', 'in', directory, other),
          { kind: 'not', condition: by('source.id', 'eq', directory) } as const,
          by('source.id', 'eq', other),
          by('source.id', 'eq', unknown),
        ].map((condition) => countEntitlements(database(), all, { ...everything, condition })),
      );
    expect(await counts()).toEqual([6, 3, 3, 3, 0, 0]);
    const ids = await addEntitlements(database(), [
      { source_id: other, value: '1' },
      { source_id: other, value: '2' },
    ]);
    expect(await counts()).toEqual([8, 3, 5, 5, 2, 0]);
    await database().write(async ({ query }) => {
      await query.deleteFrom('entitlement').where('id', 'in', ids).execute();
    });
    expect(await counts()).toEqual([6, 3, 3, 3, 0, 0]);
  });

  test('filters by ids', async () => {
    expect(await numbers({ condition: by('source.id', 'eq', cloud.toUpperCase()) })).toEqual([4, 5, 6]);
    expect(await numbers({ condition: by('owner.id', 'in', owner, 'x') })).toEqual([1]);
    const [first, second] = await findEntitlements(database(), all, everything);
    expect(await numbers({ condition: by('id', 'in', first?.id ?? '', second?.id ?? '') })).toEqual([1, 2]);
  });

  test.each<[string, number[]]>([
    ['name', [2, 5, 6, 3, 1, 4]],
    ['-name', [4, 1, 3, 6, 5, 2]],
    ['attribute', [3, 6, 4, 1, 2, 5]],
    ['-attribute', [5, 2, 1, 4, 6, 3]],
    ['type,-value', [4, 2, 1, 3, 5, 6]],
    ['-modified', [1, 2, 3, 4, 5, 6]],
    ['-requestable,-created', [2, 6, 5, 4, 3, 1]],
  ])('sorts by %s', async (text, expected) => {
    expect(await numbers({ sorts: sorts(text) })).toEqual(expected);
  });

  test.each(['id', 'name,id', '-name,-id', 'attribute,id', '-attribute,name,id', 'type,-value,id'])(
    'pages by offset and by searchAfter are the same, sorted by %s',
    async (text) => {
      const order = sorts(text);
      const whole = await findEntitlements(database(), all, { ...everything, sorts: order });
      const paged: number[] = [];
      let after: (Value | null)[] | undefined;
      for (let offset = 0; offset < 6; offset += 2) {
        expect(await numbers({ sorts: order, offset, limit: 2 })).toEqual(
          whole.slice(offset, offset + 2).map((row) => row.created),
        );
        const page = await findEntitlements(database(), all, { ...everything, sorts: order, limit: 2, after });
        paged.push(...page.map((row) => row.created));
        const last = page.at(-1);
        after = order.map(({ field }): Value | null => {
          const shown: Record<string, Value | null | undefined> = {
            id: last?.id,
            name: (last?.isNameManual === 1 ? last.manualName : last?.sourceDisplayName) ?? last?.value,
            attribute: last?.attribute,
            type: last?.type,
            value: last?.value,
          };
          return shown[field] ?? null;
        });
      }
      expect(paged).toEqual(whole.map((row) => row.created));
    },
  );

  describe('relatives', () => {
    test('are linked by value within source and type, in any order of arrival', async () => {
      const source = await addSource(database(), 'Hierarchy', { group: null });
      const [child] = await addEntitlements(database(), [
        { source_id: source, value: 'child', parents: ['parent', 'later', 'child'] },
      ]);
      const [parent] = await addEntitlements(database(), [{ source_id: source, value: 'parent', parents: ['child'] }]);
      await addEntitlements(database(), [
        { source_id: source, value: 'Parent' },
        { source_id: source, value: 'parent', type: 'role' },
        { source_id: cloud, value: 'parent' },
      ]);
      const values = async (id: string | undefined, of: 'parents' | 'children'): Promise<string[]> => {
        const entitlement = await findEntitlement(database().keyed, id ?? '');
        if (entitlement === undefined) {
          throw new Error('The entitlement is missing.');
        }
        const scope: EntitlementScope = { of, entitlement };
        const rows = await findEntitlements(database(), scope, { ...everything, sorts: sorts('value') });
        expect(await countEntitlements(database(), scope, everything)).toBe(rows.length);
        return rows.map((row) => `${row.type} ${row.value}`);
      };
      expect(await values(child, 'parents')).toEqual(['group child', 'group parent']);
      expect(await values(parent, 'children')).toEqual(['group child']);
      expect(await values(parent, 'parents')).toEqual(['group child']);
      const [later] = await addEntitlements(database(), [{ source_id: source, value: 'later' }]);
      expect(await values(child, 'parents')).toEqual(['group child', 'group later', 'group parent']);
      expect(await values(later, 'children')).toEqual(['group child']);
    });
  });
});
