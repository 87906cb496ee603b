import { expect, test } from 'vitest';
import { connectorList } from '../../../tests/support/connectors/index.ts';
import { memoryConnector } from '../../../tests/support/connectors/memory/memory.ts';
import type { Source } from '../../storage/sources/sources.ts';
import { cannot, connectionTypeOf, connectorOf, connectorOfNew, findConnector } from './source-connector.ts';

const { connectors } = connectorList;
const source = { name: 'Directory', connector: 'memory-angularsc' } as Source;
const input = { name: 'New', owner: null };

test('a connector is found by script name and by type', () => {
  expect(findConnector(connectors, 'memory-angularsc')).toBe(memoryConnector);
  expect(findConnector(connectors, 'Memory')).toBe(memoryConnector);
  expect(findConnector(connectors, 'ldap')).toBeUndefined();
});

test('a source with an unknown connector is rejected, listing the known ones', () => {
  expect(connectorOf(connectors, source)).toBe(memoryConnector);
  expect(() => connectorOf([], source)).toThrow(
    'has the connector "memory-angularsc", which is unknown to this server',
  );
});

test('a new source has the connector that it names, or the CSV connector', () => {
  expect(connectorOfNew(connectors, { ...input, connector: 'Memory' }, false)).toBe(memoryConnector);
  expect(connectorOfNew(connectors, { ...input, connector: 'Memory' }, true).isForCsv).toBe(true);
  expect(connectorOfNew(connectors, { ...input, type: 'Memory' }, true).isForCsv).toBe(true);
  expect(() => connectorOfNew(connectors, input, false)).toThrow('Field "connector" is required.');
  expect(() => connectorOfNew(connectors, { ...input, connector: 'Memory', type: 'LDAP' }, false)).toThrow(
    'Field "type" is "LDAP". With connector memory-angularsc it is Memory; it may be omitted.',
  );
});

test('a missing capability is rejected, listing the existing ones', () => {
  const { read: _read, test: _test, peek: _peek, ...bare } = memoryConnector;
  expect(cannot(source, bare, 'read').message).toBe(
    'Source "Directory" has the connector memory-angularsc, which cannot aggregate. It can only keep its settings.',
  );
  expect(cannot(source, { ...bare, test: async () => {} }, 'peek').message).toContain(
    'cannot show its first objects. It can test its connection.',
  );
});

test('the connection type is derived from the input', () => {
  expect(connectors.map(connectionTypeOf)).toEqual(['file', 'direct']);
});
