/** The connectors: the explicit list, and how a source finds its own. */
import type { Connector } from './connector.ts';
import { delimitedFileConnector } from './delimited-file/delimited-file.ts';

export const connectors: readonly Connector[] = [delimitedFileConnector];

/** The connector of a source, by the source's `connector` (script name) or `type`; undefined when there is none. */
export function findConnector(name: string): Connector | undefined {
  return connectors.find((connector) => connector.scriptName === name || connector.type === name);
}
