import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { addIdentity } from '../../../tests/support/catalogue.ts';
import { changesOf } from '../../../tests/support/changes.ts';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { describeStorage } from '../../../tests/support/engines.ts';
import { addHeldTask } from '../../../tests/support/tasks.ts';
import { newId } from '../ids.ts';
import { aggregate } from './aggregate.ts';
import { entitlementObjects } from './entitlement-objects.ts';
import type { EntitlementSchema } from './normalise.ts';
import { AggregationReport } from './report.ts';
import { type AggregationRun, batchSize, RunInterrupted, RunRefused } from './run.ts';
import { entitlementCountNames } from './task.ts';

const schema = {
  name: 'group',
  identityAttribute: 'id',
  displayAttribute: 'name',
  hierarchyAttribute: null,
  includePermissions: false,
  attributes: [
    { name: 'id', type: 'STRING', isMulti: false },
    { name: 'name', type: 'STRING', isMulti: false },
    { name: 'tags', type: 'STRING', isMulti: true },
  ],
};

const textAttribute = (name: string): (typeof schema)['attributes'][number] => ({
  name,
  type: 'STRING',
  isMulti: false,
});

type Row = [id: string, name: string, tags?: string];

describeStorage('aggregation of entitlements', (database) => {
  const folder = mkdtempSync(join(tmpdir(), 'muniment-stage-'));
  let sourceId = '';
  beforeEach(() => {
    sourceId = newId();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function load(
    rows: readonly Row[],
    options: Partial<AggregationRun> & { bad?: number; columns?: string[]; schema?: EntitlementSchema } = {},
  ) {
    const run: AggregationRun = {
      database: database(),
      task: await addHeldTask(database()),
      sourceId,
      deleteThreshold: 100,
      countBefore: (await catalogue()).length,
      input: 'file',
      stageFile: join(folder, newId()),
      context: { actorId: null, clientId: null, taskId: newId(), trackingId: null },
      report: new AggregationReport({}, entitlementCountNames),
      signal: new AbortController().signal,
      ...options,
    };
    async function* batches() {
      yield {
        columns: options.columns ?? ['id', 'name', 'tags'],
        rows: rows.map(([id, name, tags = ''], index) => ({ line: index + 2, cells: [id, name, tags] })),
        badRows: Array.from({ length: options.bad ?? 0 }, (_, index) => ({
          line: 1000 + index,
          problem: '1 column where the header has 3',
        })),
        bytesRead: 1,
        bytesTotal: 1,
      };
    }
    const scope = { sourceId, type: 'group' };
    await aggregate(run, entitlementObjects(scope, options.schema ?? schema, run.context), batches());
    return run.report;
  }

  async function catalogue() {
    return database()
      .keyed.query.selectFrom('entitlement')
      .selectAll()
      .where('source_id', '=', sourceId)
      .orderBy('value')
      .execute();
  }

  async function changes(kind?: string) {
    const ids = [...(await catalogue()).map((row) => row.id), ...gone];
    const rows = await changesOf(database(), ...ids);
    return kind === undefined ? rows : rows.filter((row) => row.kind === kind);
  }
  let gone: string[] = [];
  beforeEach(() => {
    gone = [];
  });

  test('creates; the same input again changes nothing', async () => {
    const rows: Row[] = [
      ['b', 'Beta', 'x'],
      ['a', 'Alpha'],
      ['b', 'Beta', 'y'],
    ];
    expect((await load(rows)).counts).toMatchObject({
      total: 2,
      created: 2,
      updated: 0,
      deleted: 0,
    });
    const before = await catalogue();
    expect(before.map((row) => [row.value, row.source_display_name, row.attributes])).toEqual([
      ['a', 'Alpha', '{"id":"a","name":"Alpha","tags":[]}'],
      ['b', 'Beta', '{"id":"b","name":"Beta","tags":["x","y"]}'],
    ]);
    expect((await load(rows)).counts).toMatchObject({
      created: 0,
      updated: 0,
      deleted: 0,
      unchanged: 2,
    });
    expect(await catalogue()).toEqual(before);
    expect(await changes()).toHaveLength(2);
  });

  test('reordered rows and equivalent spellings change nothing', async () => {
    await load([
      ['b', 'Beta', 'x'],
      ['b', 'Beta', 'y'],
      ['a', 'Alpha'],
    ]);
    const before = await catalogue();
    const report = await load([
      ['a', 'Alpha'],
      ['b', 'Beta', 'x'],
      ['b', 'Beta', 'y'],
      ['b', 'Beta', 'x'],
    ]);
    expect(report.counts).toMatchObject({ updated: 0, unchanged: 2 });
    const swapped = await load([['Alpha', 'a']], { columns: ['name', 'id', 'tags'], deleteThreshold: 0 });
    expect(swapped.counts).toMatchObject({ updated: 0, unchanged: 1 });
    const withoutFingerprint = (rows: typeof before): unknown[] => rows.map((row) => ({ ...row, fingerprint: '' }));
    expect(withoutFingerprint(await catalogue())).toEqual(withoutFingerprint(before));
    expect(await changes()).toHaveLength(2);
  });

  test('a schema change that affects the same rows updates objects', async () => {
    const rows: Row[] = [['a', '1', 'x']];
    await load(rows);
    const numbers = schema.attributes.map((attribute) =>
      attribute.name === 'name' ? { ...attribute, type: 'INT' } : attribute,
    );
    const report = await load(rows, { schema: { ...schema, attributes: numbers } });
    expect(report.counts).toMatchObject({ updated: 1, unchanged: 0 });
    expect((await catalogue())[0]?.attributes).toBe('{"id":"a","name":1,"tags":["x"]}');
  });

  test('updates changed objects and records the fields before and after', async () => {
    await load([
      ['a', 'Alpha'],
      ['b', 'Beta'],
    ]);
    const report = await load([
      ['a', 'Alpha the second'],
      ['b', 'Beta'],
    ]);
    expect(report.counts).toMatchObject({ updated: 1, unchanged: 1 });
    const [row] = await catalogue();
    expect(row).toMatchObject({ name_folded: 'alpha the second', version: 2 });
    const [change] = await changes('updated');
    expect(JSON.parse(change?.before ?? '')).toMatchObject({ displayName: 'Alpha' });
    expect(JSON.parse(change?.after ?? '')).toMatchObject({ displayName: 'Alpha the second' });
  });

  test('deletes missing objects, and restores them with their ids and governance data', async () => {
    await load([
      ['a', 'Alpha'],
      ['b', 'Beta'],
    ]);
    const [alpha] = await catalogue();
    const owner = await addIdentity(database(), 'Somebody');
    await database().write(async ({ query }) => {
      await query
        .updateTable('entitlement')
        .set({ requestable: 1, owner_id: owner })
        .where('id', '=', alpha?.id ?? '')
        .execute();
    });
    expect((await load([['b', 'Beta']])).counts).toMatchObject({ deleted: 1 });
    expect((await catalogue()).map((row) => row.value)).toEqual(['b']);
    gone = [alpha?.id ?? ''];
    expect((await changes('deleted')).map((change) => change.objectId)).toEqual(gone);

    const report = await load([
      ['a', 'Alpha again'],
      ['b', 'Beta'],
    ]);
    expect(report.counts).toMatchObject({ created: 1, restored: 1 });
    const [restored] = await catalogue();
    expect(restored).toMatchObject({
      id: alpha?.id,
      requestable: 1,
      owner_id: owner,
      source_display_name: 'Alpha again',
      created: alpha?.created,
    });
    expect(await changes('restored')).toHaveLength(1);
  });

  test('keeps entitlements that an account of the source still holds', async () => {
    await load([
      ['a', 'Alpha'],
      ['b', 'Beta'],
    ]);
    const [alpha] = await catalogue();
    await database().write((transaction) =>
      transaction.insertRows('account_entitlement', [{ account_id: newId(), entitlement_id: alpha?.id ?? '' }]),
    );
    const report = await load([['b', 'Beta']]);
    expect(report.counts).toMatchObject({ deleted: 0, kept: 1 });
    expect(report.hasWarnings).toBe(false);
    expect(report.messages()[0]?.text).toBe(
      '1 entitlement missing from the file is still held by accounts of the source and kept.',
    );
    expect(await catalogue()).toHaveLength(2);
  });

  test('deletes nothing beyond the threshold, applies the rest and says how to allow it', async () => {
    const many = Array.from({ length: 20 }, (_, index): Row => [`id-${index}`, `Name ${index}`]);
    await load(many);
    const report = await load([...many.slice(3), ['new', 'New']], { deleteThreshold: 10 });
    expect(report.counts).toMatchObject({ created: 1, deleted: 0 });
    expect(report.messages()).toEqual([
      {
        type: 'WARN',
        key: 'deletions_over_threshold',
        text: expect.stringMatching(/^3 entitlements of 20 .* more than the 10 % .* deleteThreshold to 15 /),
        parameters: ['3', '20', '10'],
      },
    ]);
    expect(await catalogue()).toHaveLength(21);
    const within = await load([...many.slice(2), ['new', 'New']], { deleteThreshold: 10 });
    expect(within.counts.deleted).toBe(2);
  });

  test('a bad row deletes nothing and is reported by its line', async () => {
    const many = Array.from({ length: 20 }, (_, index): Row => [`id-${index}`, `Name ${index}`]);
    await load(many);
    const report = await load(many.slice(1), { bad: 1 });
    expect(report.counts).toMatchObject({ deleted: 0, badRows: 1 });
    expect(report.messages().map(({ text }) => text)).toEqual([
      expect.stringMatching(/^1 row of the file could not be used, so nothing was deleted/),
      'Line 1000: 1 column where the header has 3',
    ]);
    expect(await catalogue()).toHaveLength(20);
  });

  test('an object without a key, with contradictory rows or with a too long value is skipped', async () => {
    const good = Array.from({ length: 20 }, (_, index): Row => [`id-${index}`, `Name ${index}`]);
    const report = await load([...good, ['', 'No key'], ['c', 'One'], ['c', 'Two'], ['x'.repeat(2001), 'Long']]);
    expect(report.counts).toMatchObject({ created: 20, badRows: 4 });
    expect(report.problems.map(({ lines }) => lines)).toEqual([[22], [23, 24], [25]]);
  });

  test('a row with a too long description is unusable', async () => {
    const typed = { ...schema, attributes: [...schema.attributes.slice(0, 2), textAttribute('Description')] };
    const good = Array.from({ length: 20 }, (_, index): Row => [`id-${index}`, '', 'd'.repeat(65_535)]);
    const report = await load([...good, ['x', '', 'd'.repeat(65_536)]], {
      schema: typed,
      columns: ['id', 'name', 'Description'],
    });
    expect(report.problems).toEqual([{ lines: [22], problem: 'Description has 65536 characters, more than 65535' }]);
    expect((await catalogue()).map((row) => row.source_description?.length)).toEqual(Array(20).fill(65_535));
  });

  test('invalid levels and numbers are reported with their first lines and do not prevent deletions', async () => {
    const columns = ['id', 'privileged', 'members'];
    const attributes = [
      textAttribute('id'),
      textAttribute('privileged'),
      { ...textAttribute('members'), type: 'LONG' },
    ];
    const odd = { schema: { ...schema, displayAttribute: null, attributes }, columns };
    await load([['gone', 'true', '1']], odd);
    const rows = Array.from({ length: 12 }, (_, index): Row => [`id-${11 - index}`, 'yes', '7']);
    const report = await load([...rows, ['x', 'HIGH', 'many']], odd);
    expect(report.messages()).toEqual([
      {
        type: 'WARN',
        key: 'privilege_not_known',
        text: 'privileged of 12 objects (lines 2, 3, 4, 5, 6, …) is not one of true, false, HIGH, MEDIUM, LOW and NONE, for example "yes". These objects have no level from the source.',
        parameters: ['privileged', '12', '2, 3, 4, 5, 6'],
      },
      {
        type: 'WARN',
        key: 'value_not_of_type',
        text: 'members of 1 object (line 14) is not of type LONG, for example "many". The value is kept as text.',
        parameters: ['members', '1', '14'],
      },
    ]);
    expect(report.counts).toMatchObject({ created: 13, deleted: 1, badRows: 0 });
    // The file is unchanged, so the next load warns again.
    expect((await load([...rows, ['x', 'HIGH', 'many']], odd)).hasWarnings).toBe(true);
  });

  test('missing parents and own parents are counted', async () => {
    const attributes = [textAttribute('id'), textAttribute('name'), { ...textAttribute('memberOf'), isMulti: true }];
    const tree = {
      schema: { ...schema, hierarchyAttribute: 'memberOf', attributes },
      columns: ['id', 'name', 'memberOf'],
    };
    const rows: Row[] = [
      ['a', '', 'b'],
      ['b', '', 'x'],
      ['c', '', 'x'],
      ['c', '', 'y'],
      ['d', '', 'd'],
    ];
    const told = async (): Promise<unknown[]> =>
      (await load(rows, tree)).messages().map(({ type, key, text }) => [type, key, text]);
    const itself = [
      'INFO',
      'parent_of_itself',
      'memberOf of 1 object (line 6) names the object itself. This parent is ignored.',
    ];
    expect(await told()).toEqual([
      itself,
      ['INFO', 'parents_not_in_catalogue', '2 parents named by entitlements are not in the catalogue yet.'],
    ]);
    rows.push(['x', '']);
    expect((await told())[1]).toEqual([
      'INFO',
      'parents_not_in_catalogue',
      '1 parent named by entitlements is not in the catalogue yet.',
    ]);
    rows.push(['y', '']);
    expect(await told()).toEqual([itself]);
  });

  test('every message has a key', async () => {
    await load([['a', 'Alpha']]);
    const keysOf = (report: AggregationReport): unknown[] =>
      report.messages().map(({ key, parameters }) => [key, parameters]);
    expect(keysOf(await load([]))).toEqual([['no_rows', ['1']]]);
    expect(keysOf(await load([['b', 'Beta']], { deleteThreshold: 10 }))).toEqual([
      ['deletions_over_threshold', ['1', '1', '10']],
    ]);
    const good = Array.from({ length: 2000 }, (_, index): Row => [`id-${index}`, '']);
    const keys = keysOf(await load(good, { bad: 102 }));
    expect(keys.slice(0, 2)).toEqual([
      ['rows_not_usable', ['102', '2']],
      ['row_not_usable', ['1000']],
    ]);
    expect(keys.at(-1)).toEqual(['more_problems', ['2']]);
  });

  test('too many bad rows: the file is rejected and nothing is applied', async () => {
    await load([['a', 'Alpha']]);
    await expect(
      load(
        [
          ['a', 'Changed'],
          ['b', 'Beta'],
          ['c', 'Gamma'],
        ],
        { bad: 1 },
      ),
    ).rejects.toThrow(RunRefused);
    expect((await catalogue()).map((row) => row.source_display_name)).toEqual(['Alpha']);
  });

  test('a header without rows deletes nothing', async () => {
    await load([['a', 'Alpha']]);
    const report = await load([]);
    expect(report.hasWarnings).toBe(true);
    expect(await catalogue()).toHaveLength(1);
  });

  test('a manual name is kept while the value from the source still changes', async () => {
    await load([['a', 'Alpha']]);
    await database().write(async ({ query }) => {
      await query
        .updateTable('entitlement')
        .set({ is_name_manual: 1, manual_name: 'Mine', name_folded: 'mine' })
        .where('source_id', '=', sourceId)
        .execute();
    });
    await load([['a', 'Alpha the second']]);
    expect((await catalogue())[0]).toMatchObject({
      manual_name: 'Mine',
      name_folded: 'mine',
      source_display_name: 'Alpha the second',
    });
  });

  test('an interrupted run is finished by the next', async () => {
    const many = Array.from({ length: 2500 }, (_, index): Row => [`id-${index}`, `Name ${index}`]);
    const interruption = new AbortController();
    const reference = database();
    let writes = 0;
    const interrupting = {
      ...reference,
      writeBatch: async (work: Parameters<typeof reference.writeBatch>[0]) => {
        const result = await reference.writeBatch(work);
        writes += 1;
        if (writes === 1) {
          interruption.abort();
        }
        return result;
      },
    } as typeof reference;
    await expect(load(many, { database: interrupting, signal: interruption.signal })).rejects.toThrow(RunInterrupted);
    expect(await catalogue()).toHaveLength(batchSize);
    const report = await load(many, {
      report: new AggregationReport({}, entitlementCountNames, { groupsCreated: batchSize }),
    });
    expect(report.counts).toMatchObject({ created: 2500, unchanged: batchSize });
    expect(await catalogue()).toHaveLength(2500);
  });

  test('the scratch file is deleted', () => {
    expect(readdirSync(folder)).toEqual([]);
  });

  test('whatever was there before, the catalogue matches the last input, and the change record contains every step', async () => {
    const key = fc.stringMatching(/^[a-eA-E😀ﬀÄ]{1,2}$/u);
    const table = fc.uniqueArray(fc.tuple(key, fc.constantFrom('One', 'Two')), {
      selector: ([id]) => id,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          table.filter((rows) => rows.length > 0),
          { minLength: 1, maxLength: 4 },
        ),
        async (inputs) => {
          sourceId = newId();
          for (const input of inputs) {
            await load(input);
          }
          const last = inputs.at(-1) ?? [];
          const found = await catalogue();
          expect(new Map(found.map((row) => [row.value, row.source_display_name]))).toEqual(new Map(last));
          for (const row of found) {
            const record = await changesOf(database(), row.id);
            const state = record.reduce(
              (sum, change) => ({ ...sum, ...JSON.parse(change.after ?? '{}') }),
              {} as Record<string, unknown>,
            );
            expect(state['displayName']).toBe(row.source_display_name);
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});
