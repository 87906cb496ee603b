import { ConnectorError, type Connector, type ConnectorAttributes } from '../../connectors/connector.ts';
import { MunimentError } from '../../errors.ts';
import { connectorOf, type SourceParts } from './source-connector.ts';
import type { ConnectionTest } from './source-connection.ts';
import { listSchemas, type SourceSchema } from './source-schemas.ts';
import { plainAttributesOf } from './source-secrets.ts';
import { getSource } from './sources.ts';

/**
 * Tests the whole configuration of a source (contract B.1): its connector attributes, its schemas, and, if its connector
 * has a connection, the connection and the first object of each schema. It stops at the first failure, which is a result.
 * Throws 404, and a 400 if the connector is unknown.
 */
export async function testConfiguration(parts: SourceParts, sourceId: string): Promise<ConnectionTest> {
  const source = await getSource(parts.database, sourceId);
  const connector = connectorOf(parts.connectors, source);
  const schemas = await listSchemas(parts.database, sourceId);
  const connectorAttributes = await plainAttributesOf(parts.database.keyed, source);
  const started = performance.now();
  const failure = await check(connector, connectorAttributes, schemas).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof ConnectorError) {
        return error;
      }
      if (error instanceof MunimentError) {
        return new ConnectorError(error.message, { cause: error });
      }
      throw error;
    },
  );
  return { source, failure, elapsed: Math.round(performance.now() - started) };
}

async function check(
  connector: Connector,
  connectorAttributes: ConnectorAttributes,
  schemas: readonly SourceSchema[],
): Promise<void> {
  connector.checkAttributes(connectorAttributes);
  const keyless = schemas.find(({ identityAttribute }) => identityAttribute === null);
  if (keyless !== undefined) {
    throw new ConnectorError(
      `Schema "${keyless.name}" has no identityAttribute. Set it to the attribute that contains the key.`,
    );
  }
  if (connector.input === 'connection') {
    await connector.test?.({ connectorAttributes });
    for (const schema of schemas) {
      await connector.peek?.({ connectorAttributes, schema }, 1);
    }
  }
}
