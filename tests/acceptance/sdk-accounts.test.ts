import { AccountsBetaApi, AccountsV2024Api, SourcesBetaApi, SourcesV2024Api } from 'sailpoint-api-client';
import { describe, expect, test } from 'vitest';
import { describeServer } from './acceptance.ts';
import { configurationOf, sdkFamilies } from './sdk.ts';

describeServer('accounts by the SDK', (server) => {
  describe.each(sdkFamilies)('%s', (family) => {
    test('importAccounts, listAccounts, getAccount, getAccountEntitlements and deleteAccountsAsync', async () => {
      const configuration = configurationOf(server());
      const isBeta = family === 'beta';
      const beta = { accounts: new AccountsBetaApi(configuration), sources: new SourcesBetaApi(configuration) };
      const v2024 = { accounts: new AccountsV2024Api(configuration), sources: new SourcesV2024Api(configuration) };
      const { accounts } = isBeta ? beta : v2024;
      const { id: sourceId } = await server().createSource();

      const file = new File(['id,name,groups\nann,Ann,x\nann,Ann,y\n'], 'accounts.csv');
      const loaded = isBeta
        ? await beta.sources.importAccounts({ sourceId, file, disableOptimization: 'true' })
        : await v2024.sources.importAccounts({ id: sourceId, file, disableOptimization: 'true' });
      expect(loaded.status).toBe(202);
      expect(loaded.data.task?.attributes).toMatchObject({ appId: sourceId, optimizedAggregation: 'disabled' });
      await server().api.waitForTask(loaded.data.task?.id ?? '');

      const list = await accounts.listAccounts({ filters: `sourceId eq "${sourceId}"`, count: true });
      expect(list.headers['x-total-count']).toBe('1');
      const [account] = list.data;
      const id = account?.id ?? '';
      expect((await accounts.getAccount({ id })).data).toEqual(account);
      const { data } = await accounts.getAccountEntitlements({ id });
      expect(data.map(({ value }) => value).toSorted()).toEqual(['x', 'y']);

      const removed = isBeta
        ? await beta.sources.deleteAccountsAsync({ sourceId })
        : await v2024.sources.deleteAccountsAsync({ id: sourceId });
      expect(removed.status).toBe(202);
      await server().api.waitForTask(removed.data.id ?? '');
      expect((await accounts.listAccounts({ filters: `sourceId eq "${sourceId}"` })).data).toEqual([]);
    });
  });
});
