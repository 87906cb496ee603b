import { SourcesBetaApi } from 'sailpoint-api-client';
import { beforeAll, describe, expect, test } from 'vitest';
import { contractFamilies, type Family } from '../../src/api/families.ts';
import type { Answer } from '../support/api-client.ts';
import { violationsIn } from '../support/invariants.ts';
import { describeOwnServer, expectStatus, pathIn, refusal } from './acceptance.ts';
import { accessRequestsOf, configurationOf, sdkFamilies, sdkOf } from './sdk.ts';

const defaults = {
  accessRequestConfig: {
    approvalSchemes: [{ approverType: 'SOURCE_OWNER', approverId: null }],
    requestCommentRequired: false,
    denialCommentRequired: false,
    reauthorizationRequired: false,
    requireEndDate: false,
    maxPermittedAccessDuration: null,
  },
  revocationRequestConfig: { approvalSchemes: [] },
};

/** The configuration in the form of a family. */
function inFamily(family: Family, config: { accessRequestConfig: object; revocationRequestConfig: object }): object {
  return family === 'v1'
    ? { ...config, accessRequestConfig: { ...config.accessRequestConfig, formDefinitionId: null } }
    : config;
}

const manager = { approverType: 'MANAGER', approverId: null };
const owner = { approverType: 'ENTITLEMENT_OWNER', approverId: null };

describeOwnServer('request configurations', {}, (server) => {
  let source: { id: string };
  let id: string;
  beforeAll(async () => {
    source = await server().createSource();
    await server().load(source, 'id,name\nr1,One');
    [{ id }] = await server().entitlementsOf(source);
  });

  const own = (noun: 'entitlements' | 'sources', of: string): string =>
    `/muniment/v1/${noun}/${of}/entitlement-request-config`;

  describe.each(contractFamilies)('in %s', (family) => {
    const ofEntitlement = (): string => pathIn(family, `/entitlements/${id}/entitlement-request-config`);
    const ofSource = (): string => pathIn(family, `/sources/${source.id}/entitlement-request-config`);
    const put = (path: string, body: object, headers?: Record<string, string>): Promise<Answer> =>
      server().api.send('PUT', path, body, headers);

    test('values are inherited from the source and the organisation', async () => {
      expect(expectStatus(await server().api.get(ofEntitlement()), 200)).toEqual(inFamily(family, defaults));
      const onSource = { accessRequestConfig: { approvalSchemes: [owner], requireEndDate: true } };
      const shown = expectStatus(await put(ofSource(), onSource), 200);
      const inherited = { ...defaults.accessRequestConfig, ...onSource.accessRequestConfig };
      expect(shown).toEqual(inFamily(family, { ...defaults, accessRequestConfig: inherited }));
      expect(expectStatus(await server().api.get(ofSource()), 200)).toEqual(shown);
      expect(expectStatus(await server().api.get(ofEntitlement()), 200)).toEqual(shown);

      const maxPermittedAccessDuration = { value: 90, timeUnit: 'DAYS' };
      const onEntitlement = {
        accessRequestConfig: { requireEndDate: false, maxPermittedAccessDuration },
        revocationRequestConfig: { approvalSchemes: [manager, owner] },
      };
      const set = expectStatus(await put(ofEntitlement(), onEntitlement), 200);
      const expected = {
        accessRequestConfig: { ...inherited, requireEndDate: false, maxPermittedAccessDuration },
        revocationRequestConfig: onEntitlement.revocationRequestConfig,
      };
      expect(set).toEqual(inFamily(family, expected));

      // getEntitlementRequestConfigOrigins, deleteEntitlementRequestConfig and the same for sources:
      // getSourceEntitlementRequestConfigOrigins, deleteSourceEntitlementRequestConfig.
      const { body, headers } = await server().api.get(own('entitlements', id));
      expect(body).toEqual({
        own: {
          accessRequestConfig: onEntitlement.accessRequestConfig,
          revocationRequestConfig: {
            approvalSchemes: [{ approverType: 'MANAGER' }, { approverType: 'ENTITLEMENT_OWNER' }],
          },
        },
        inForce: expected,
        origins: {
          accessRequestConfig: {
            approvalSchemes: 'SOURCE',
            requestCommentRequired: 'DEFAULT',
            denialCommentRequired: 'DEFAULT',
            reauthorizationRequired: 'DEFAULT',
            requireEndDate: 'ENTITLEMENT',
            maxPermittedAccessDuration: 'ENTITLEMENT',
          },
          revocationRequestConfig: { approvalSchemes: 'ENTITLEMENT' },
        },
      });
      const ifMatch = { 'if-match': headers.get('etag') ?? '' };
      expectStatus(await server().api.send('DELETE', own('entitlements', id), undefined, ifMatch), 204);
      expectStatus(await server().api.send('DELETE', own('entitlements', id), undefined, ifMatch), 412);
      expect(expectStatus(await server().api.get(ofEntitlement()), 200)).toEqual(shown);
      expect(expectStatus(await server().api.get(own('sources', source.id)), 200)).toMatchObject({
        own: { accessRequestConfig: { requireEndDate: true } },
        origins: { accessRequestConfig: { requireEndDate: 'SOURCE' } },
      });
      expectStatus(await server().api.send('DELETE', own('sources', source.id)), 204);
      expect(expectStatus(await server().api.get(ofEntitlement()), 200)).toEqual(inFamily(family, defaults));
    });

    test('a configuration that is sent back as it was read changes nothing in force', async () => {
      expectStatus(await put(ofSource(), { accessRequestConfig: { denialCommentRequired: true } }), 200);
      const read = await server().api.get(ofEntitlement());
      const back = await put(ofEntitlement(), read.body, { 'if-match': read.headers.get('etag') ?? '' });
      expect(expectStatus(back, 200)).toEqual(read.body);
      const again = await put(ofEntitlement(), read.body);
      expect(again.headers.get('etag')).toBe(back.headers.get('etag'));
      expectStatus(await put(ofEntitlement(), read.body, { 'if-match': read.headers.get('etag') ?? '' }), 412);
      expectStatus(await put(ofEntitlement(), {}), 200);
      expectStatus(await put(ofSource(), {}), 200);
    });

    test('changes are in the history of the entitlement and of the source', async () => {
      expectStatus(await put(ofEntitlement(), { accessRequestConfig: { requestCommentRequired: true } }), 200);
      expectStatus(await put(ofEntitlement(), {}), 200);
      const history = expectStatus(await server().api.get(`/muniment/v1/entitlements/${id}/history?limit=2`), 200);
      expect(history).toMatchObject([
        { kind: 'updated', after: { requestConfig: null } },
        {
          before: { requestConfig: null },
          after: { requestConfig: { accessRequestConfig: { requestCommentRequired: true } } },
        },
      ]);
      const state = `/muniment/v1/entitlements/${id}?at=${history[1].time}`;
      expect(expectStatus(await server().api.get(state), 200)).toMatchObject({
        requestConfig: { accessRequestConfig: { requestCommentRequired: true } },
      });
      expectStatus(await put(ofSource(), { accessRequestConfig: { requestCommentRequired: true } }), 200);
      expectStatus(await put(ofSource(), {}), 200);
      const filters = encodeURIComponent(`objectType eq "SOURCE" and objectId eq "${source.id}"`);
      const [change] = expectStatus(await server().api.get(`/muniment/v1/changes?limit=1&filters=${filters}`), 200);
      expect(change).toMatchObject({
        before: { entitlementRequestConfig: { accessRequestConfig: { requestCommentRequired: true } } },
        after: { entitlementRequestConfig: null },
      });
    });

    test.each<[string, object, RegExp]>([
      ['an unknown approver type', { approvalSchemes: [{ approverType: 'OWNER' }] }, /be one of ENTITLEMENT_OWNER/],
      ['a step without a type', { approvalSchemes: [{}] }, /approverType" is required/],
      ['a group without id', { approvalSchemes: [{ approverType: 'GOVERNANCE_GROUP' }] }, /must be the id of a gov/],
      [
        'an unknown group',
        { approvalSchemes: [{ approverType: 'GOVERNANCE_GROUP', approverId: 'x' }] },
        /governance group "x" was not found/,
      ],
      [
        'a workflow',
        { approvalSchemes: [{ approverType: 'WORKFLOW', approverId: 'x' }] },
        /There are no workflows on this server/,
      ],
      [
        'an id of a manager',
        { approvalSchemes: [{ approverType: 'MANAGER', approverId: 'x' }] },
        /must be null or abs/,
      ],
      ['the same step twice', { approvalSchemes: [manager, manager] }, /twice/],
      ['a duration of 0', { maxPermittedAccessDuration: { value: 0, timeUnit: 'DAYS' } }, /at least 1/],
      ['a duration without a unit', { maxPermittedAccessDuration: { value: 1 } }, /timeUnit" is required/],
      ['an unknown unit', { maxPermittedAccessDuration: { value: 1, timeUnit: 'YEARS' } }, /one of HOURS, DAYS, WEEKS/],
      ['an unknown field', { commentsRequired: true }, /"accessRequestConfig.commentsRequired" is unknown/],
      ['a text for a flag', { requireEndDate: 'true' }, /must be true or false/],
      ['21 steps', { approvalSchemes: Array.from({ length: 21 }, () => manager) }, /at most 20 items/],
    ])('rejects %s', async (_title, accessRequestConfig, reason) => {
      for (const path of [ofEntitlement(), ofSource()]) {
        const [status, text] = refusal(await put(path, { accessRequestConfig }));
        expect(status).toBe(400);
        expect(text).toMatch(reason);
      }
    });

    test('forms are unknown or do not exist', async () => {
      const body = { accessRequestConfig: { formDefinitionId: 'f' } };
      const [status, text] = refusal(await put(ofEntitlement(), body));
      expect(status).toBe(400);
      expect(text).toContain(family === 'v1' ? 'there are no forms' : 'is unknown');
    });

    test('unknown entitlements and sources are 404', async () => {
      for (const path of [
        pathIn(family, '/entitlements/nope/entitlement-request-config'),
        pathIn(family, '/sources/nope/entitlement-request-config'),
      ]) {
        expect((await server().api.get(path)).status).toBe(404);
        expect((await put(path, {})).status).toBe(404);
      }
    });
  });

  test('governance groups approve, cannot be deleted meanwhile, and are left out if they are gone', async () => {
    const group = async (): Promise<string> => {
      const body = { name: `Group ${Math.random()}`, owner: { type: 'IDENTITY', id: server().identityId } };
      return expectStatus(await server().api.send('POST', '/v2025/workgroups', body), 200).id;
    };
    const deleteGroup = (groupId: string): Promise<Answer> =>
      server().api.send('DELETE', `/v2025/workgroups/${groupId}`);
    const approvedBy = (groupId: string) => ({
      accessRequestConfig: { approvalSchemes: [{ approverType: 'GOVERNANCE_GROUP', approverId: groupId }, manager] },
    });
    const entitlementGroup = await group();
    const path = `/v2025/entitlements/${id}/entitlement-request-config`;
    const set = expectStatus(await server().api.send('PUT', path, approvedBy(entitlementGroup)), 200);
    expect(set.accessRequestConfig.approvalSchemes).toEqual(
      approvedBy(entitlementGroup).accessRequestConfig.approvalSchemes,
    );
    const [status, text] = refusal(await deleteGroup(entitlementGroup));
    expect([status, text]).toEqual([400, expect.stringContaining(`request configuration of entitlement ${id}`)]);
    expectStatus(await server().api.send('DELETE', own('entitlements', id)), 204);
    expectStatus(await deleteGroup(entitlementGroup), 204);

    const sourceGroup = await group();
    const ofSource = `/v2025/sources/${source.id}/entitlement-request-config`;
    expectStatus(await server().api.send('PUT', ofSource, approvedBy(sourceGroup)), 200);
    expect(refusal(await deleteGroup(sourceGroup))[1]).toContain(`request configuration of source ${source.id}`);
    expectStatus(await server().api.send('DELETE', own('sources', source.id)), 204);
    const grantRequestApprovalSchemes = `workgroup:${sourceGroup}, manager`;
    const settings = { entitlementRequestConfig: { grantRequestApprovalSchemes } };
    expect(
      expectStatus(await server().api.send('PUT', '/v3/access-request-config', settings), 200).entitlementRequestConfig,
    ).toMatchObject({ grantRequestApprovalSchemes });
    expect(refusal(await deleteGroup(sourceGroup))[1]).toContain('request configuration of the organisation');
    expectStatus(await server().api.send('PUT', '/v3/access-request-config', {}), 200);

    const other = await server().createSource({ deleteThreshold: 100 });
    await server().load(other, 'id,name\nx,X\ny,Y');
    const [x] = await server().entitlementsOf(other);
    const ofX = `/v2025/entitlements/${x.id}/entitlement-request-config`;
    expectStatus(await server().api.send('PUT', ofX, approvedBy(sourceGroup)), 200);
    await server().load(other, 'id,name\ny,Y');
    expectStatus(await deleteGroup(sourceGroup), 204);
    await server().load(other, 'id,name\nx,X\ny,Y');
    expect(expectStatus(await server().api.get(ofX), 200).accessRequestConfig.approvalSchemes).toEqual([manager]);
    expect(await violationsIn(server().database.url)).toEqual([]);
  });

  test('governance data returns with an entitlement', async () => {
    const other = await server().createSource({ deleteThreshold: 100 });
    await server().load(other, 'id,name\nx,X\ny,Y');
    const [x] = await server().entitlementsOf(other);
    const path = `/v2025/entitlements/${x.id}/entitlement-request-config`;
    expectStatus(await server().api.send('PUT', path, { accessRequestConfig: { requireEndDate: true } }), 200);
    await server().load(other, 'id,name\ny,Y');
    expectStatus(await server().api.get(path), 404);
    await server().load(other, 'id,name\nx,X\ny,Y');
    expect(expectStatus(await server().api.get(path), 200).accessRequestConfig.requireEndDate).toBe(true);
  });

  describe.each(sdkFamilies)('by the SDK in %s', (family) => {
    test('entitlements', async () => {
      const { entitlements } = sdkOf(server(), family);
      const config = { accessRequestConfig: { approvalSchemes: [{ approverType: 'MANAGER' }] } } as never;
      const put = await entitlements.putEntitlementRequestConfig({
        id,
        xSailPointExperimental: 'true',
        entitlementRequestConfigBeta: config,
        entitlementRequestConfigV2024: config,
      });
      expect(put.data).toMatchObject({ accessRequestConfig: { approvalSchemes: [manager] } });
      const got = await entitlements.getEntitlementRequestConfig({ id, xSailPointExperimental: 'true' });
      expect(got.data).toEqual(put.data);
      expectStatus(await server().api.send('DELETE', own('entitlements', id)), 204);
    });

    test('the organisation', async () => {
      const api = accessRequestsOf(server(), family);
      const { data } = await api.getAccessRequestConfig();
      const back = await api.setAccessRequestConfig({
        accessRequestConfigBeta: data as never,
        accessRequestConfigV2024: data as never,
      });
      expect(back.data).toEqual(data);
    });
  });

  // Its v2024 part sends the path without the id.
  test('of a source by the SDK in beta', async () => {
    const sources = new SourcesBetaApi(configurationOf(server()));
    const sourceEntitlementRequestConfigBeta = { revocationRequestConfig: { approvalSchemes: [manager] } } as never;
    const request = { sourceId: source.id, sourceEntitlementRequestConfigBeta };
    const put = await sources.updateSourceEntitlementRequestConfig(request);
    expect(put.data).toMatchObject({ revocationRequestConfig: { approvalSchemes: [manager] } });
    expect((await sources.getSourceEntitlementRequestConfig({ sourceId: source.id })).data).toEqual(put.data);
    expectStatus(await server().api.send('DELETE', own('sources', source.id)), 204);
  });
});

/**
 * Families and their paths of the organisation's settings; v1 has two, the second for getAccessRequestConfigV2 and
 * setAccessRequestConfigV2.
 */
const organisationPaths = [
  ['v3', '/v3/access-request-config'],
  ['beta', '/beta/access-request-config'],
  ['v2024', '/v2024/access-request-config'],
  ['v2025', '/v2025/access-request-config'],
  ['v2026', '/v2026/access-request-config'],
  ['v1', '/access-request-config/v1'],
  ['v1 second', '/access-request-config/v2'],
] as const;

describeOwnServer("the organisation's settings for access requests", {}, (server) => {
  const get = async (path: string): Promise<Answer['body']> => expectStatus(await server().api.get(path), 200);
  const put = async (path: string, body: object): Promise<Answer['body']> =>
    expectStatus(await server().api.send('PUT', path, body), 200);

  test.each(organisationPaths)('in %s come back as they were read', async (_family, path) => {
    const before = await server().api.get(path);
    const back = await server().api.send('PUT', path, before.body, { 'if-match': before.headers.get('etag') ?? '' });
    expect(expectStatus(back, 200)).toEqual(before.body);
    expectStatus(await server().api.send('PUT', path, {}, { 'if-match': '"12345"' }), 412);
    expect(refusal(await server().api.send('PUT', path, { more: 1 }))[1]).toContain('Field "more" is unknown');
  });

  test('are shown by each family in its form', async () => {
    const fallbackApproverRef = { type: 'IDENTITY', id: server().identityId };
    const approvalReminderAndEscalationConfig = {
      daysUntilEscalation: 3,
      daysBetweenReminders: 1,
      maxReminders: 5,
      fallbackApproverRef,
    };
    await put('/v2025/access-request-config', {
      approvalsMustBeExternal: true,
      autoApprovalEnabled: true,
      requestOnBehalfOfConfig: { allowRequestOnBehalfOfEmployeeByManager: true },
      approvalReminderAndEscalationConfig,
      entitlementRequestConfig: {
        accessRequestConfig: {
          approvalSchemes: [manager, { approverType: 'SOURCE_OWNER' }],
          requestCommentRequired: true,
          maxPermittedAccessDuration: { value: 1, timeUnit: 'MONTHS' },
        },
      },
    });
    expect(await get('/v3/access-request-config')).toMatchObject({
      approvalsMustBeExternal: true,
      autoApprovalEnabled: true,
      approvalReminderAndEscalationConfig: {
        ...approvalReminderAndEscalationConfig,
        fallbackApproverRef: { ...fallbackApproverRef, name: expect.any(String) },
      },
      entitlementRequestConfig: {
        allowEntitlementRequest: false,
        requestCommentsRequired: true,
        deniedCommentsRequired: false,
        grantRequestApprovalSchemes: 'manager, sourceOwner',
      },
    });
    const newest = await get('/v2026/access-request-config');
    expect(Object.keys(newest).toSorted()).toEqual([
      'approvalsMustBeExternal',
      'entitlementRequestConfig',
      'govGroupVisibilityEnabled',
      'reauthorizationEnabled',
      'requestOnBehalfOfConfig',
    ]);
    // What a family does not have is kept.
    await put('/v2026/access-request-config', { ...newest, govGroupVisibilityEnabled: true });
    expect(await get('/access-request-config/v1')).toMatchObject({
      autoApprovalEnabled: true,
      approvalReminderAndEscalationConfig: { maxReminders: 5 },
      requestOnBehalfOfConfig: {
        allowRequestOnBehalfOfEmployeeByManager: true,
        allowRequestOnBehalfOfForMachineIdentity: true,
      },
      entitlementRequestConfig: { accessRequestConfig: { formDefinitionId: null } },
    });
    expect(await get('/access-request-config/v2')).toMatchObject({
      govGroupVisibilityEnabled: true,
      machineIdentityAccessRequestEnabled: true,
    });
    await put('/beta/access-request-config', {
      entitlementRequestConfig: { allowEntitlementRequest: true, grantRequestApprovalSchemes: 'entitlementOwner' },
    });
    expect((await get('/v2024/access-request-config')).entitlementRequestConfig.accessRequestConfig).toMatchObject({
      approvalSchemes: [owner],
      requestCommentRequired: false,
      maxPermittedAccessDuration: { value: 1, timeUnit: 'MONTHS' },
    });
    const [, text] = refusal(
      await server().api.send('PUT', '/v3/access-request-config', {
        entitlementRequestConfig: { grantRequestApprovalSchemes: 'anybody' },
      }),
    );
    expect(text).toContain('grantRequestApprovalSchemes" is "anybody"');
  });

  test('apply to entitlements and sources that set nothing, and are recorded', async () => {
    const source = await server().createSource();
    await put('/v2025/access-request-config', {
      entitlementRequestConfig: { accessRequestConfig: { reauthorizationRequired: true } },
    });
    const path = `/muniment/v1/sources/${source.id}/entitlement-request-config`;
    expect(await get(path)).toMatchObject({
      own: null,
      inForce: { accessRequestConfig: { reauthorizationRequired: true } },
      origins: { accessRequestConfig: { reauthorizationRequired: 'ORGANISATION', requireEndDate: 'DEFAULT' } },
    });
    const filters = encodeURIComponent('objectType eq "ACCESS_REQUEST_CONFIG"');
    const [change] = await get(`/muniment/v1/changes?limit=1&filters=${filters}`);
    expect(change.after).toMatchObject({
      entitlementRequestConfig: { accessRequestConfig: { reauthorizationRequired: true } },
    });
  });
});
