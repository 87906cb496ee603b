import { decodeJwt } from 'jose';
import type { AccessTypeV2024, CreateOAuthClientRequestV2024, GrantTypeV2024 } from 'sailpoint-api-client';
import { EntitlementsV2024Api } from 'sailpoint-api-client';
import { describe, expect, test } from 'vitest';
import { tokenOf } from '../support/api-client.ts';
import { describeServer } from './acceptance.ts';
import { authUsersOf, configurationOf, refusalOf, sdkFamilies, sdkOf } from './sdk.ts';

describeServer('tokens by the SDK', (server) => {
  describe.each(sdkFamilies)('%s', (family) => {
    const tokens = () => sdkOf(server(), family).tokens;
    const clients = () => sdkOf(server(), family).clients;

    test('a personal access token is created, listed, changed, used and deleted', async () => {
      const body = { name: `Reader ${family}`, scope: ['idn:entitlement:read'], accessTokenValiditySeconds: 900 };
      const { data } = await tokens().createPersonalAccessToken({
        createPersonalAccessTokenRequestBeta: body,
        createPersonalAccessTokenRequestV2024: body,
      });
      expect(data).toMatchObject({ ...body, owner: { type: 'IDENTITY', id: server().identityId } });
      expect([data.id, data.secret]).toEqual([
        expect.stringMatching(/^[0-9a-f]{32}$/),
        expect.stringMatching(/^[0-9a-f]{64}$/),
      ]);
      const operations = [{ op: 'replace' as const, path: '/name', value: `Renamed ${family}` }];
      const changed = await tokens().patchPersonalAccessToken({
        id: data.id,
        jsonPatchOperationBeta: operations,
        jsonPatchOperationV2024: operations,
      });
      expect(changed.data.name).toBe(`Renamed ${family}`);
      const { data: mine } = await tokens().listPersonalAccessTokens({ ownerId: 'me', filters: 'lastUsed isnull' });
      expect(mine.filter(({ id }) => id === data.id)).toEqual([changed.data]);

      const configuration = configurationOf(server(), { clientId: data.id, clientSecret: data.secret });
      expect(decodeJwt(String(await configuration.accessToken))).toMatchObject({
        client_id: data.id,
        scope: ['idn:entitlement:read'],
      });
      const reader = new EntitlementsV2024Api(configuration);
      expect((await reader.listEntitlements({ limit: 1 })).status).toBe(200);
      const { status, body: refused } = await refusalOf(
        reader.patchEntitlement({ id: 'x', xSailPointExperimental: 'true', jsonPatchOperationV2024: [] }),
      );
      expect([status, refused.messages[0].text]).toEqual([403, expect.stringContaining('idn:entitlement:manage')]);

      expect((await tokens().deletePersonalAccessToken({ id: data.id })).status).toBe(204);
      // Revoked immediately, although the issued access token has not expired.
      expect((await refusalOf(reader.listEntitlements({ limit: 1 }))).status).toBe(401);
    });

    test('an OAuth client is created, listed, read, changed, used without an identity and deleted', async () => {
      const request: CreateOAuthClientRequestV2024 = {
        name: `Robot ${family}`,
        description: 'Reads',
        accessTokenValiditySeconds: 600,
        grantTypes: ['CLIENT_CREDENTIALS' as GrantTypeV2024],
        accessType: 'OFFLINE' as AccessTypeV2024,
        enabled: true,
        scope: ['idn:entitlement:read'],
      };
      const { data: made } = await clients().createOauthClient({
        createOAuthClientRequestBeta: request as never,
        createOAuthClientRequestV2024: request,
      });
      expect(made).toMatchObject({ ...request, secret: expect.stringMatching(/^[0-9a-f]{64}$/) });
      const { id } = made;
      const { data: read } = await clients().getOauthClient({ id });
      expect(read).toMatchObject({ ...request, secret: null });
      expect((await clients().listOauthClients()).data.filter((client) => client.id === id)).toEqual([read]);

      const operations = [{ op: 'replace' as const, path: '/description', value: 'Reads all day' }];
      const changed = await clients().patchOauthClient({
        id,
        jsonPatchOperationBeta: operations,
        jsonPatchOperationV2024: operations,
      });
      expect(changed.data).toMatchObject({ description: 'Reads all day' });

      const token = await tokenOf(server().url, id, made.secret);
      expect(decodeJwt(token)).toMatchObject({ client_id: id, identity_id: null, user_name: `Robot ${family}` });
      const robot = configurationOf(server(), { clientId: id, clientSecret: made.secret });
      expect((await new EntitlementsV2024Api(robot).listEntitlements({ limit: 1 })).status).toBe(200);
      expect((await clients().deleteOauthClient({ id })).status).toBe(204);
      expect((await refusalOf(clients().getOauthClient({ id }))).status).toBe(404);
    });
  });

  test('getAuthUser and patchAuthUser show and assign user levels', async () => {
    const id = server().identityId;
    const { data: before } = await authUsersOf(server()).getAuthUser({ id });
    expect(before.capabilities).toContain('ORG_ADMIN');
    const assign = async (capabilities: unknown) =>
      authUsersOf(server()).patchAuthUser({
        id,
        jsonPatchOperationV2024: [{ op: 'replace', path: '/capabilities', value: capabilities as never }],
      });
    const { data } = await assign([...(before.capabilities ?? []), 'HELPDESK']);
    expect(data.capabilities?.toSorted()).toEqual(['HELPDESK', ...(before.capabilities ?? [])].toSorted());
    expect((await authUsersOf(server()).getAuthUser({ id })).data).toEqual(data);
    await assign(before.capabilities);
    const { status, body } = await refusalOf(assign(['KING']));
    expect([status, body.messages[0].text]).toEqual([400, expect.stringContaining('It must be one of')]);
  });
});
