/** Finds the connector of a source and its capabilities. */
import { type Capability, capabilityNames, type Connector, type FileConnector } from '../../connectors/connector.ts';
import { badRequestContent, illegalValue } from '../../errors.ts';
import type { Database } from '../../storage/database.ts';
import type { Source } from '../../storage/sources/sources.ts';
import { shownValue } from '../shown-value.ts';
import type { SourceInput } from './source-document.ts';

/** What functions about sources and their connectors need. */
export interface SourceParts {
  readonly database: Database;
  readonly connectors: readonly Connector[];
}

/** Returns the connector with this script name or type; undefined if it is unknown. */
export function findConnector(connectors: readonly Connector[], name: string): Connector | undefined {
  return connectors.find((connector) => connector.scriptName === name || connector.type === name);
}

/** Returns the connector of a source. Throws a 400 if it is unknown. */
export function connectorOf(connectors: readonly Connector[], source: Pick<Source, 'name' | 'connector'>): Connector {
  const connector = findConnector(connectors, source.connector);
  if (connector === undefined) {
    throw badRequestContent(
      `Source "${source.name}" has the connector "${source.connector}", which is unknown to this server. Known are ${scriptNames(connectors)}.`,
    );
  }
  return connector;
}

/** Returns the connector for CSV files. Throws a 400 if this server has none. */
export function connectorForCsv(connectors: readonly Connector[]): FileConnector {
  const connector = connectors.find((one) => one.input === 'file' && one.isForCsv === true);
  if (connector?.input !== 'file') {
    throw badRequestContent('This server has no connector for CSV files.');
  }
  return connector;
}

/**
 * Returns the connector of a new source. Throws a 400 if it is unknown, or has another type than the source.
 * @param asCsv use the CSV connector, regardless of the input
 */
export function connectorOfNew(connectors: readonly Connector[], input: SourceInput, asCsv: boolean): Connector {
  const name = input.connector ?? undefined;
  const connector = asCsv
    ? connectors.find(({ isForCsv }) => isForCsv === true)
    : name === undefined
      ? undefined
      : findConnector(connectors, name);
  if (connector === undefined) {
    const allowed = `Allowed is ${scriptNames(connectors)}.`;
    throw illegalValue(
      name === undefined
        ? `Field "connector" is required. ${allowed}`
        : `Field "connector" is ${shownValue(name)}. ${allowed}`,
    );
  }
  const type = input.type ?? connector.type;
  if (!asCsv && type !== connector.type) {
    throw illegalValue(
      `Field "type" is ${shownValue(type)}. With connector ${connector.scriptName} it is ${connector.type}; it may be omitted.`,
    );
  }
  return connector;
}

/** Returns a 400 that says that a source's connector lacks a capability, and which it has. */
export function cannot(source: Source, connector: Connector, capability: Capability): Error {
  const abilities = (Object.keys(capabilityNames) as Capability[])
    .filter((name) => (connector as Partial<Record<Capability, unknown>>)[name] !== undefined)
    .map((name) => capabilityNames[name]);
  return badRequestContent(
    `Source "${source.name}" has the connector ${connector.scriptName}, which cannot ${capabilityNames[capability]}. ` +
      `It can ${abilities.join(', ') || 'only keep its settings'}.`,
  );
}

/** The `connectionType` of a source. */
export function connectionTypeOf({ input }: Connector): 'file' | 'direct' {
  return input === 'file' ? 'file' : 'direct';
}

function scriptNames(connectors: readonly Connector[]): string {
  return connectors.map(({ scriptName }) => scriptName).join(', ');
}
