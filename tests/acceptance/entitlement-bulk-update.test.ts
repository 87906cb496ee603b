import { beforeAll, describe, expect, test } from 'vitest';
import { contractFamilies } from '../../src/api/families.ts';
import type { Answer } from '../support/api-client.ts';
import { describeServer, expectStatus, pathIn, refusal } from './acceptance.ts';
import { sdkFamilies, sdkOf } from './sdk.ts';

describeServer('bulk update of entitlements', (server) => {
  let source: { id: string };
  let ids: string[];
  beforeAll(async () => {
    source = await server().createSource();
    const rows = Array.from({ length: 60 }, (_, index) => `b${index},Number ${index}`);
    await server().load(source, `id,name\n${rows.join('\n')}`);
    ids = (await server().entitlementsOf(source)).map(({ id }: { id: string }) => id);
  });
  const requestable = async (): Promise<string[]> =>
    (await server().entitlementsOf(source))
      .filter((one: { requestable: boolean }) => one.requestable)
      .map(({ id }: { id: string }) => id);

  describe.each(contractFamilies)('updateEntitlementsInBulk in %s', (family) => {
    const isNew = family === 'v2026' || family === 'v1';
    const update = (entitlementIds: unknown, jsonPatch: unknown, more: object = {}): Promise<Answer> =>
      server().api.send('POST', pathIn(family, '/entitlements/bulk-update'), { entitlementIds, jsonPatch, ...more });
    const set = (value: unknown): object[] => [{ op: 'replace', path: '/requestable', value }];

    test('changes 50 entitlements', async () => {
      const fifty = ids.slice(0, 50);
      expect(await update(fifty, set(true))).toMatchObject({ status: 204, body: '' });
      expect(new Set(await requestable())).toEqual(new Set(fifty));
      expectStatus(await update(fifty, set(false)), 204);
      expect(await requestable()).toEqual([]);
    });

    test('sets the privilege level by the path of the family', async () => {
      const [id = ''] = ids;
      const level = isNew
        ? { op: 'replace', path: '/privilegeOverride/level', value: 'MEDIUM' }
        : { op: 'replace', path: '/privileged', value: true };
      expectStatus(await update([id, id], [level]), 204);
      const { privilegeLevel } = expectStatus(await server().api.get(`/v2026/entitlements/${id}`), 200);
      expect(privilegeLevel).toMatchObject({ direct: isNew ? 'MEDIUM' : 'HIGH', setBy: server().identityId });
      const other = isNew ? '/privileged' : '/privilegeOverride/level';
      const [status, text] = refusal(await update([id], [{ op: 'replace', path: other, value: null }]));
      expect(status).toBe(400);
      expect(text).toContain(`path ${JSON.stringify(other)}) is not allowed in a bulk update`);
    });

    test('changes nothing if one is unknown', async () => {
      const answer = await update([...ids.slice(0, 2), 'unknown-1', 'unknown-2'], set(true));
      expect(refusal(answer)).toEqual([400, 'Referenced entitlements "unknown-1", "unknown-2" were not found.']);
      expect(await requestable()).toEqual([]);
    });

    test.each<[string, unknown, unknown, RegExp]>([
      ['51 ids', Array.from({ length: 51 }, (_, index) => String(index)), set(true), /at most 50 items/],
      ['no ids', [], set(true), /at least 1 item/],
      ['ids that are no strings', [1], set(true), /"entitlementIds.0" is 1/],
      ['no patch', ['x'], undefined, /"jsonPatch" is required/],
      ['an empty patch', ['x'], [], /at least 1 item/],
      ['another field', ['x'], [{ op: 'replace', path: '/name', value: 'x' }], /replace \/requestable and/],
      ['another operation', ['x'], [{ op: 'remove', path: '/requestable' }], /replace \/requestable and/],
    ])('rejects %s', async (_title, entitlementIds, jsonPatch, reason) => {
      const [status, text] = refusal(await update(entitlementIds, jsonPatch));
      expect(status).toBe(400);
      expect(text).toMatch(reason);
    });

    test('rejects unknown members', async () => {
      expect(refusal(await update(ids.slice(0, 1), set(true), { dryRun: true }))[1]).toContain('"dryRun" is unknown');
    });
  });

  test.each(sdkFamilies)('by the SDK in %s', async (family) => {
    const body = { entitlementIds: ids.slice(50), jsonPatch: [{ op: 'replace', path: '/requestable', value: true }] };
    const answer = await sdkOf(server(), family).entitlements.updateEntitlementsInBulk({
      entitlementBulkUpdateRequestBeta: body as never,
      entitlementBulkUpdateRequestV2024: body as never,
    });
    expect(answer.status).toBe(204);
    expect(new Set(await requestable())).toEqual(new Set(ids.slice(50)));
    await server().api.send('POST', '/v2025/entitlements/bulk-update', {
      ...body,
      jsonPatch: [{ op: 'replace', path: '/requestable', value: false }],
    });
  });
});
