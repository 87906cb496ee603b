import { type EntitlementsV2024Api, Paginator } from 'sailpoint-api-client';
import { describe, expect, test, vi } from 'vitest';
import { describeServer } from '../acceptance/acceptance.ts';
import { sdkFamilies, sdkOf } from '../acceptance/sdk.ts';

/** One row less than a page, a page, one row more, and 40 pages. */
const sizes = [249, 250, 251, 10_000];

describeServer('the Paginator of the TypeScript SDK', (server) => {
  describe.each(sdkFamilies)('in %s', (family) => {
    test.each(sizes)('reads %d rows, each once, in order', async (size) => {
      const source = await server().createSource();
      const rows = Array.from({ length: size }, (_, row) => `g${String(row).padStart(5, '0')},Group ${row % 7}`);
      await server().load(source, `id,name\n${rows.join('\n')}\n`);
      // Both families have the same method, with types of their own.
      const api = sdkOf(server(), family).entitlements as EntitlementsV2024Api;
      const list = vi.spyOn(api, 'listEntitlements');
      const filters = `source.id eq "${source.id}"`;

      const { data } = await Paginator.paginate(api, api.listEntitlements, { filters, sorters: 'value' });
      expect(data.map(({ value }) => value)).toEqual(rows.map((row) => row.split(',')[0]));
      // It stops at the first page that is not full: after a full last page it asks once more.
      expect(list).toHaveBeenCalledTimes(Math.floor(size / 250) + 1);

      // Many rows have the same name: their order is the same on every page.
      const byName = await Paginator.paginate(api, api.listEntitlements, { filters, sorters: '-name' });
      expect(new Set(byName.data.map(({ id }) => id)).size).toBe(size);
    });
  });
});
