import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { type Muniment, type StartOptions, startMuniment } from '../../src/main.ts';
import { ApiClient, tokenOf } from './api-client.ts';
import type { EmptyDatabase } from './engines.ts';

/** The administrator's credentials of every test server. */
export const administrator = {
  clientId: '0123456789abcdef0123456789abcdef',
  clientSecret: '0123456789abcdef'.repeat(4),
};

export interface TestServer {
  readonly url: string;
  /** Calls the API as the administrator. */
  readonly api: ApiClient;
  readonly muniment: Muniment;
  readonly dataDir: string;
  /** Stops the server and removes its data directory; the caller removes the database. */
  stop(): Promise<void>;
}

/** Starts a real server in this process on a free port, which validates its responses against their schemas. */
export async function startTestServer(
  database: EmptyDatabase,
  settings: Readonly<Record<string, string>> = {},
  options: Pick<StartOptions, 'clock' | 'connectorList'> = {},
): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'muniment-server-'));
  const config = readConfig(
    {
      port: '0',
      dataDir,
      databaseUrl: database.url,
      logLevel: 'fatal',
      readers: '1',
      bootstrapClientId: administrator.clientId,
      bootstrapClientSecret: administrator.clientSecret,
      ...settings,
    },
    {},
    undefined,
  );
  const muniment = await startMuniment(config, { checkResponses: true, ...options });
  return {
    url: muniment.url,
    api: new ApiClient(muniment.url, await tokenOf(muniment.url, administrator.clientId, administrator.clientSecret)),
    muniment,
    dataDir,
    stop: async () => {
      await muniment.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
