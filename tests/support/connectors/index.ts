import type { ConnectorList } from '../../../src/connectors/connector.ts';
import { connectorList as own } from '../../../src/connectors/index.ts';
import { memoryConnector } from './memory/memory.ts';

/** The connectors of the package and those of tests. */
export const connectorList: ConnectorList = {
  connectors: [...own.connectors, memoryConnector],
  module: import.meta.url,
};
