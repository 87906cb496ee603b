/** The official SDK, `sailpoint-api-client`, configured as by its users: one client per family. */
import {
  AccessRequestsBetaApi,
  AccessRequestsV2024Api,
  AuthUsersV2024Api,
  Configuration,
  EntitlementsBetaApi,
  EntitlementsV2024Api,
  OAuthClientsBetaApi,
  OAuthClientsV2024Api,
  PersonalAccessTokensBetaApi,
  PersonalAccessTokensV2024Api,
  SourcesBetaApi,
  SourcesV2024Api,
  TaskManagementBetaApi,
  TaskManagementV2024Api,
} from 'sailpoint-api-client';
import { vi } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import type { ServerUnderTest } from './acceptance.ts';

/** The families that the SDK has. */
export const sdkFamilies = ['beta', 'v2024'] as const;

/** Returns the configuration of a client, which requests its token itself. */
export function configurationOf(
  server: ServerUnderTest,
  { clientId, clientSecret }: { clientId: string; clientSecret: string } = server,
): Configuration {
  // The SDK logs the page it reads and warnings about experimental operations to the console.
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const configuration = new Configuration({
    baseurl: server.url,
    tokenUrl: `${server.url}/oauth/token`,
    clientId,
    clientSecret,
  });
  configuration.experimental = true;
  return configuration;
}

/** The SDK's APIs of both families, under common names. */
export function sdkOf(server: ServerUnderTest, family: (typeof sdkFamilies)[number]) {
  const configuration = configurationOf(server);
  return family === 'beta'
    ? {
        entitlements: new EntitlementsBetaApi(configuration),
        sources: new SourcesBetaApi(configuration),
        tasks: new TaskManagementBetaApi(configuration),
        tokens: new PersonalAccessTokensBetaApi(configuration),
        clients: new OAuthClientsBetaApi(configuration),
      }
    : {
        entitlements: new EntitlementsV2024Api(configuration),
        sources: new SourcesV2024Api(configuration),
        tasks: new TaskManagementV2024Api(configuration),
        tokens: new PersonalAccessTokensV2024Api(configuration),
        clients: new OAuthClientsV2024Api(configuration),
      };
}

/** Auth users, which are not in beta. */
export function authUsersOf(server: ServerUnderTest): AuthUsersV2024Api {
  return new AuthUsersV2024Api(configurationOf(server));
}

/** Access requests of a family. */
export function accessRequestsOf(
  server: ServerUnderTest,
  family: (typeof sdkFamilies)[number],
): AccessRequestsBetaApi | AccessRequestsV2024Api {
  const configuration = configurationOf(server);
  return family === 'beta' ? new AccessRequestsBetaApi(configuration) : new AccessRequestsV2024Api(configuration);
}

/** Returns the error response of an SDK call. Throws if the call succeeds. */
export async function refusalOf(call: Promise<{ status: number }>): Promise<Pick<Answer, 'status' | 'body'>> {
  try {
    const { status } = await call;
    throw new Error(`The call succeeded with status ${status}.`);
  } catch (error) {
    const { response } = error as { response?: { status: number; data: unknown } };
    if (response === undefined) {
      throw error;
    }
    return { status: response.status, body: response.data };
  }
}
