import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, SettingError } from '../config.ts';
import { type Credentials, startMuniment } from '../main.ts';
import { loadDemo } from './load-demo.ts';
import { stopOnSignal, warnIfExposed } from './running.ts';
import { settingsOf } from './settings.ts';

/** `muniment demo`: starts a server with a sample organisation and waits until everything is aggregated. */
export async function demo(flags: Record<string, string | undefined>): Promise<void> {
  const config = settingsOf(flags, { dataDir: 'muniment-demo', logLevel: 'warn' });
  const credentials = keptCredentials(config);
  const started = Date.now();
  const muniment = await startMuniment(
    { ...config, bootstrapClientId: credentials.clientId, bootstrapClientSecret: credentials.clientSecret },
    { prepare: (url) => loadDemo(url, credentials) },
  );
  stopOnSignal(muniment);
  warnIfExposed(config);
  console.log(introduction(muniment.url, credentials, (Date.now() - started) / 1000));
}

/** Returns the demo's credentials: generated once, and stored in a file that only its owner can read. */
function keptCredentials(config: Config): Credentials {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const file = join(config.dataDir, 'credentials.json');
  if (!existsSync(file)) {
    const made: Credentials = {
      clientId: config.bootstrapClientId ?? randomBytes(16).toString('hex'),
      clientSecret: config.bootstrapClientSecret ?? randomBytes(32).toString('hex'),
    };
    writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  }
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Partial<Credentials>;
  if (typeof kept.clientId !== 'string' || typeof kept.clientSecret !== 'string') {
    throw new SettingError(
      `${file} does not contain clientId and clientSecret. Delete the demo's data directory to start over.`,
    );
  }
  return { clientId: kept.clientId, clientSecret: kept.clientSecret };
}

function introduction(url: string, { clientId, clientSecret }: Credentials, seconds: number): string {
  return `
Muniment is ready (${seconds.toFixed(1)} s).

base URL: ${url}
client id: ${clientId}
client secret: ${clientSecret}
reference: ${url}/docs

curl
  TOKEN=$(curl -s ${url}/oauth/token -d grant_type=client_credentials -d client_id=${clientId} -d client_secret=${clientSecret} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
  curl -s -H "Authorization: Bearer $TOKEN" '${url}/v2025/entitlements?limit=3&count=true'

TypeScript (npm install sailpoint-api-client)
  import { Configuration, EntitlementsV2024Api } from 'sailpoint-api-client';
  const configuration = new Configuration({ baseurl: '${url}', tokenUrl: '${url}/oauth/token', clientId: '${clientId}', clientSecret: '${clientSecret}' });
  configuration.experimental = true;
  console.log((await new EntitlementsV2024Api(configuration).listEntitlements({ limit: 3 })).data);

Python (pip install 'sailpoint>=2')
  export SAIL_BASE_URL=${url} SAIL_CLIENT_ID=${clientId} SAIL_CLIENT_SECRET=${clientSecret}
  python3 -c 'from sailpoint.configuration import Configuration; from sailpoint.api_client import ApiClient; from sailpoint.entitlements.api.entitlements_api import EntitlementsApi; print(EntitlementsApi(ApiClient(Configuration())).list_entitlements_v1(limit=3))'

Command line (in a checkout "npm run muniment --" instead of "muniment")
  export SAIL_BASE_URL=${url} SAIL_CLIENT_ID=${clientId} SAIL_CLIENT_SECRET=${clientSecret}
  muniment entitlements list --limit 3

Stop with Ctrl+C. Run it again and it starts at once with the same data.
`;
}
