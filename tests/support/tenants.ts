import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from '../../src/api/server.ts';
import type { Application } from '../../src/application.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { createMetrics } from '../../src/metrics.ts';
import { openTenant } from '../../src/tenant.ts';
import { ApiClient, tokenOf } from './api-client.ts';
import type { EmptyDatabase } from './engines.ts';
import { administrator } from './server.ts';

/** The host names under which the tenants of a test server are reached; all of them mean this machine. */
const hostNames = ['127.0.0.1', 'localhost'] as const;

/** A server in this process that serves two tenants, each with a database of its own. */
export interface TenantsServer {
  /** For each tenant: calls its API as its administrator. */
  readonly apis: readonly [ApiClient, ApiClient];
  stop(): Promise<void>;
}

/** Starts a server for two tenants that differ in nothing but their databases and their settings. */
export async function startTenants(
  databases: readonly [EmptyDatabase, EmptyDatabase],
  settings: Readonly<Record<string, string>> = {},
): Promise<TenantsServer> {
  const metrics = createMetrics();
  const ends: (() => Promise<void> | void)[] = [];
  const tenants = new Map<string, Application>();
  let port = 0;
  for (const [index, hostName] of hostNames.entries()) {
    const dataDir = mkdtempSync(join(tmpdir(), 'muniment-tenant-'));
    const config = readConfig(
      {
        dataDir,
        databaseUrl: databases[index]?.url ?? '',
        logLevel: 'fatal',
        readers: '1',
        tenantName: `Tenant ${index}`,
        bootstrapClientId: administrator.clientId,
        bootstrapClientSecret: administrator.clientSecret,
        ...settings,
      },
      {},
      undefined,
    );
    const { log, flush } = createLog(config);
    const tenant = await openTenant(config, { log, metrics, publicUrl: () => `http://${hostName}:${port}` });
    tenants.set(hostName, tenant.application);
    await tenant.start();
    ends.push(async () => {
      await tenant.stop();
      await tenant.close();
      flush();
      rmSync(dataDir, { recursive: true, force: true });
    });
  }
  const [first] = [...tenants.values()];
  const tenantOf = (hostName: string): Application => {
    const tenant = tenants.get(hostName);
    if (tenant === undefined) {
      throw new Error(`There is no tenant ${hostName}.`);
    }
    return tenant;
  };
  if (first === undefined) {
    throw new Error('There are no tenants.');
  }
  const server = await createServer(
    {
      config: first.config,
      log: first.log,
      metrics,
      tenantOf: ({ headers }) => tenantOf((headers.host ?? '').replace(/:\d+$/, '')),
      isReady: () => true,
      ping: async () => undefined,
    },
    { checkResponses: true },
  );
  port = Number(new URL(await server.listen({ host: '127.0.0.1', port: 0 })).port);
  const apiOf = async (hostName: string): Promise<ApiClient> => {
    const url = `http://${hostName}:${port}`;
    return new ApiClient(url, await tokenOf(url, administrator.clientId, administrator.clientSecret));
  };
  return {
    apis: [await apiOf(hostNames[0]), await apiOf(hostNames[1])],
    stop: async () => {
      await server.close();
      for (const end of ends) {
        await end();
      }
    },
  };
}
