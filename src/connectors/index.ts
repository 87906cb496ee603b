/** The connectors of a server: the explicit list. */
import type { ConnectorList } from './connector.ts';
import { delimitedFileConnector } from './delimited-file/delimited-file.ts';

export const connectorList: ConnectorList = {
  connectors: [delimitedFileConnector],
  module: import.meta.url,
};
