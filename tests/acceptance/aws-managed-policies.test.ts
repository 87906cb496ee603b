import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { describeServer, expectStatus, queryOf } from './acceptance.ts';

/** A real export: the managed policies of AWS, one row per service that a policy grants access to. */
const folder = process.env['MUNIMENT_SHARED_DIR'] ?? fileURLToPath(new URL('../../../shared', import.meta.url));
const file = join(folder, 'data', 'aws-managed-policies.csv');
const isThere = existsSync(file);

const skipped = isThere ? '' : ` (skipped: there is no ${file})`;

describe.skipIf(!isThere)(`the managed policies of AWS${skipped}`, () => {
  describeServer('loaded', (server) => {
    let source: { id: string };
    let csv = '';
    let task: Answer['body'];
    beforeAll(async () => {
      csv = readFileSync(file, 'utf8');
      const columns = csv.slice(0, csv.indexOf('\n')).trim().split(',');
      source = await server().createSource(
        {},
        {
          identityAttribute: 'arn',
          displayAttribute: 'name',
          attributes: columns.map((name) => ({ name, type: 'STRING', isMulti: name === 'services' })),
        },
      );
      task = await server().load(source, csv);
    });
    const list = (parameters: Record<string, string | number | boolean>): Promise<Answer> =>
      server().api.get(`/v2025/entitlements?${queryOf({ filters: `source.id eq "${source.id}"`, ...parameters })}`);

    test('are 1,523 entitlements from 8,053 rows', async () => {
      expect(task.attributes).toMatchObject({ total: 1523, groupsCreated: 1523, badRows: 0 });
      expect((await list({ limit: 0, count: true })).headers.get('x-total-count')).toBe('1523');
    });

    test('have all their services, in the order of the file', async () => {
      // This file has no quoted values.
      const rows = csv.trim().split(/\r?\n/).slice(1);
      expect(rows).toHaveLength(8053);
      const expected = new Map<string, string[]>();
      for (const [arn = '', , , , service = ''] of rows.map((row) => row.split(','))) {
        expected.set(arn, [...new Set([...(expected.get(arn) ?? []), ...(service === '' ? [] : [service])])]);
      }
      const found = new Map<string, string[]>();
      for (let offset = 0; offset < 1523; offset += 250) {
        for (const { value, attributes } of expectStatus(await list({ sorters: 'id', offset }), 200)) {
          found.set(value, attributes.services);
        }
      }
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    });

    test('do not change when loaded again', async () => {
      const again = await server().load(source, csv);
      expect(again.attributes).toMatchObject({
        total: 1523,
        groupsCreated: 0,
        groupsUpdated: 0,
        groupsDeleted: 0,
        groupsUnchanged: 1523,
      });
    });
  });
});
