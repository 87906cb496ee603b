/** Connection tests of the system behind a source, and previews of its objects. */
import { ConnectorError, type Connector, type PeekedObject } from '../../connectors/connector.ts';
import { badRequestContent, illegalValue } from '../../errors.ts';
import { listed } from '../../error-text.ts';
import { shownValue } from '../shown-value.ts';
import { cannot, connectorOf, type SourceParts } from './source-connector.ts';
import { listSchemas } from './source-schemas.ts';
import { plainAttributesOf } from './source-secrets.ts';
import { getSource, type Source } from './sources.ts';

/** The result of a connection test. */
export interface ConnectionTest {
  readonly source: Source;
  /** Why it failed; undefined if it succeeded. */
  readonly failure: ConnectorError | undefined;
  /** The duration, in milliseconds. */
  readonly elapsed: number;
}

/** Tests the connection of a source. Throws 404, and a 400 if its connector cannot. */
export async function testConnection(parts: SourceParts, sourceId: string): Promise<ConnectionTest> {
  const { source, connector } = await sourceWithConnector(parts, sourceId);
  if (connector.input !== 'connection' || connector.test === undefined) {
    throw cannot(source, connector, 'test');
  }
  const connectorAttributes = await plainAttributesOf(parts.database.keyed, source);
  const started = performance.now();
  const failure = await connector.test({ connectorAttributes }).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof ConnectorError) {
        return error;
      }
      throw error;
    },
  );
  return { source, failure, elapsed: Math.round(performance.now() - started) };
}

/** The first objects of a source. */
export interface FirstObjects {
  readonly source: Source;
  readonly objects: readonly PeekedObject[];
  /** The duration, in milliseconds. */
  readonly elapsed: number;
}

/**
 * Reads the first objects of one schema of a source from the system itself.
 * @throws 404 for the source; 400 if its connector cannot, for an unknown schema, and if the system does not return
 *   objects
 */
export async function peekObjects(
  parts: SourceParts,
  sourceId: string,
  objectType: string,
  count: number,
): Promise<FirstObjects> {
  const { source, connector } = await sourceWithConnector(parts, sourceId);
  if (connector.input !== 'connection' || connector.peek === undefined) {
    throw cannot(source, connector, 'peek');
  }
  const schemas = await listSchemas(parts.database, sourceId);
  const schema = schemas.find(({ name }) => name === objectType);
  if (schema === undefined) {
    const names = listed(schemas.map(({ name }) => `"${name}"`));
    throw illegalValue(
      `Field "objectType" is ${shownValue(objectType)}. It must name a schema of the source: ${names || 'it has none'}.`,
    );
  }
  const connectorAttributes = await plainAttributesOf(parts.database.keyed, source);
  const started = performance.now();
  try {
    const objects = await connector.peek({ connectorAttributes, schema }, count);
    return { source, objects, elapsed: Math.round(performance.now() - started) };
  } catch (error) {
    throw error instanceof ConnectorError
      ? badRequestContent(`The objects of source "${source.name}" cannot be read: ${error.message}`)
      : error;
  }
}

async function sourceWithConnector(
  { database, connectors }: SourceParts,
  sourceId: string,
): Promise<{ source: Source; connector: Connector }> {
  const source = await getSource(database, sourceId);
  return { source, connector: connectorOf(connectors, source) };
}
