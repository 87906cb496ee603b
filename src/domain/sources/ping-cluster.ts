import { ConnectorError } from '../../connectors/connector.ts';
import type { Database } from '../../storage/database.ts';
import { ping } from '../database-health.ts';
import type { ConnectionTest } from './source-connection.ts';
import { getSource } from './sources.ts';

/**
 * Tests what reads a source. In the contract that is a cluster of appliances; here it is this server, which needs its
 * database and its data directory. Throws 404.
 */
export async function pingCluster(database: Database, dataDir: string, sourceId: string): Promise<ConnectionTest> {
  const source = await getSource(database, sourceId);
  const started = performance.now();
  const failure = await ping(database, dataDir).then(
    () => undefined,
    (error: unknown) =>
      new ConnectorError(error instanceof Error ? error.message : String(error), { kind: 'unavailable', cause: error }),
  );
  return { source, failure, elapsed: Math.round(performance.now() - started) };
}
