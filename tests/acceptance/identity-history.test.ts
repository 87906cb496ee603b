import { randomBytes } from 'node:crypto';
import { IdentityHistoryBetaApi, IdentityHistoryV2024Api } from 'sailpoint-api-client';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { describeServer, expectStatus, pathIn, plainFamilies, queryOf, refusal } from './acceptance.ts';
import { configurationOf, refusalOf, sdkFamilies } from './sdk.ts';

describeServer('identity history', (server) => {
  const alias = `ann-${randomBytes(5).toString('hex')}x`;
  const mail = `${alias}@x.example`;
  let id: string;
  /** Times: without access, with `readers`, with `writers`. */
  const times: string[] = [];
  beforeAll(async () => {
    const people = await server().createSource({ authoritative: true });
    const app = await server().createSource({ deleteThreshold: 100 });
    const assignment = { property: 'email', value: 'e-mail', operation: 'EQ' };
    expectStatus(
      await server().api.send('PUT', `/v2025/sources/${app.id}/correlation-config`, {
        attributeAssignments: [assignment],
      }),
      200,
    );
    const load = async (source: { id: string }, csv: string): Promise<void> => {
      expect(await server().api.loadAccounts(source.id, csv)).toMatchObject({ completionStatus: 'SUCCESS' });
      await new Promise((resolve) => setTimeout(resolve, 20));
      times.push(new Date().toISOString());
    };
    await load(people, `id,name,e-mail\n${alias},${alias},${mail}\n`);
    await load(app, `id,name,e-mail,groups\n1,One,${mail},readers\n`);
    await load(app, `id,name,e-mail,groups\n1,One,${mail},writers\n`);
    [{ id }] = expectStatus(
      await server().api.get(`/v2025/identities?${queryOf({ filters: `alias eq "${alias}"` })}`),
      200,
    );
  });

  const names = (items: readonly { displayName?: string }[]): (string | undefined)[] =>
    items.map(({ displayName }) => displayName);

  describe.each(sdkFamilies)('by the SDK in %s', (family) => {
    test('listHistoricalIdentities, getHistoricalIdentity and getIdentityStartDate', async () => {
      const api = apiOf(family);
      const { data: list } = await api.listHistoricalIdentities({ startsWithQuery: alias, isActive: true });
      expect(list).toMatchObject([{ id, displayName: alias, active: true, deletedDate: null }]);
      const { data: identity } = await api.getHistoricalIdentity({ id });
      expect(identity).toMatchObject({
        id,
        accessItemCount: { account: 2, entitlement: 1 },
        attributes: { uid: alias },
      });
      const { data: start } = await api.getIdentityStartDate({ id });
      expect(Date.parse(start)).toBeLessThan(Date.parse(times[0] ?? ''));
      expect((await refusalOf(api.getHistoricalIdentity({ id: 'unknown' }))).status).toBe(404);
    });

    test('listIdentitySnapshots, getIdentitySnapshot and listIdentitySnapshotAccessItems', async () => {
      const api = apiOf(family);
      const { data: snapshots } = await api.listIdentitySnapshots({ id, start: times[0] ?? '', interval: 'day' });
      expect(snapshots).toHaveLength(2);
      const date = snapshots[1]?.snapshot ?? '';
      expect((await api.getIdentitySnapshot({ id, date })).data).toMatchObject({ snapshot: date });
      const { data: items } = await api.listIdentitySnapshotAccessItems({ id, date, type: 'entitlement' });
      expect(names(items as object[])).toEqual(['readers']);
    });

    test('getHistoricalIdentityEvents and getIdentitySnapshotSummary', async () => {
      const api = apiOf(family);
      const { data: events } = await api.getHistoricalIdentityEvents({
        id,
        eventTypes: ['AccessAddedEvent', 'AccessRemovedEvent'],
        accessItemTypes: ['entitlement'],
      });
      expect(events).toMatchObject([
        { eventType: 'AccessItemAssociated', accessItem: { displayName: 'writers' } },
        { eventType: 'AccessItemRemoved', accessItem: { displayName: 'readers' } },
        { eventType: 'AccessItemAssociated', accessItem: { displayName: 'readers' } },
      ]);
      const { data: counts } = await api.getIdentitySnapshotSummary({ id, interval: 'month', timeZone: 'UTC' });
      expect(counts.reduce((sum, { value = 0 }) => sum + value, 0)).toBe(5);
    });

    test('listIdentityAccessItems', async () => {
      const { data: accounts } = await apiOf(family).listIdentityAccessItems({ id });
      expect(names(accounts as object[])).toEqual([alias, 'One']);
      if (family === 'beta') {
        const asked = { id, type: 'account', filters: 'not (source eq "x")', sorters: '-name', query: 'ONE' };
        const beta = new IdentityHistoryBetaApi(configurationOf(server()));
        expect(names((await beta.listIdentityAccessItems(asked)).data as object[])).toEqual(['One']);
      }
    });

    test('compareIdentitySnapshots and compareIdentitySnapshotsAccessType', async () => {
      const api = apiOf(family);
      const between = { id, snapshot1: times[1] ?? '', snapshot2: times[2] ?? '' };
      const { data: counts } = await api.compareIdentitySnapshots({ ...between, accessItemTypes: ['entitlement'] });
      expect(counts).toEqual([{ accessItemDiff: { entitlement: { added: 1, removed: 1 } } }]);
      if (family === 'beta') {
        // That of v2024 does not fill in the type in the path.
        const asked = { ...between, accessType: 'entitlement' as const, accessAssociated: true };
        const { data: added } = await api.compareIdentitySnapshotsAccessType(asked);
        expect(added).toMatchObject([{ eventType: 'ADD', displayName: 'writers' }]);
      }
    });

    // The two families have the same methods.
    function apiOf(of: (typeof sdkFamilies)[number]): IdentityHistoryV2024Api {
      const configuration = configurationOf(server());
      return of === 'beta'
        ? (new IdentityHistoryBetaApi(configuration) as unknown as IdentityHistoryV2024Api)
        : new IdentityHistoryV2024Api(configuration);
    }
  });

  test.each(plainFamilies)('all operations in %s', async (family) => {
    const get = async (rest: string): Promise<Answer['body']> =>
      expectStatus(await server().api.get(`${pathIn(family, '/historical-identities')}${rest}`), 200);
    const [without, readers, writers] = times;
    // listHistoricalIdentities, getHistoricalIdentity, getIdentityStartDate
    const [listed] = await get(`?starts-with-query=${alias}&is-deleted=false`);
    expect(listed).toMatchObject({ id, active: true });
    const last = await get(`/${id}`);
    expect(last).toMatchObject({ displayName: alias, accessItemCount: { account: 2, entitlement: 1 } });
    expect(await get(`/${id}/start-date`)).toMatch(/^\d{4}-.*Z$/);
    // listIdentitySnapshots, getIdentitySnapshot, listIdentitySnapshotAccessItems
    const [newest] = await get(`/${id}/snapshots?limit=1`);
    expect(await get(`/${id}/snapshots/${newest.snapshot}`)).toEqual(last);
    expect(names(await get(`/${id}/snapshots/${without}/access-items`))).toEqual([alias]);
    expect(names(await get(`/${id}/snapshots/${readers}/access-items?type=entitlement`))).toEqual(['readers']);
    // getHistoricalIdentityEvents, getIdentitySnapshotSummary, listIdentityAccessItems
    expect(await get(`/${id}/events?eventTypes=AccessItemRemoved`)).toMatchObject([{ accessItemType: 'entitlement' }]);
    expect(await get(`/${id}/snapshot-summary?interval=day&limit=1`)).toMatchObject([{ value: expect.any(Number) }]);
    expect(names(await get(`/${id}/access-items?type=entitlement`))).toEqual(['writers']);
    // compareIdentitySnapshots, compareIdentitySnapshotsAccessType
    const between = `snapshot1=${without}&snapshot2=${writers}`;
    const [accounts, entitlements] = await get(`/${id}/compare?${between}`);
    expect([accounts, entitlements]).toEqual([
      { accessItemDiff: { account: { added: 1, removed: 0 } } },
      { accessItemDiff: { entitlement: { added: 1, removed: 0 } } },
    ]);
    expect(names(await get(`/${id}/compare/account?${between}&access-associated=true`))).toEqual(['One']);
    const unknown = await server().api.get(`${pathIn(family, '/historical-identities')}/unknown/events`);
    expect(refusal(unknown)).toEqual([404, 'There is no identity with id "unknown".']);
  });
});
