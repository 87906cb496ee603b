import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Connection,
  ConnectorError,
  type DirectConnector,
  type ObjectSchema,
  type PeekedObject,
  type ReadInput,
  type SourceBatch,
} from '../../../../src/connectors/connector.ts';
import { illegalValue } from '../../../../src/errors.ts';

/**
 * A connector to a system that lies in the source's own settings, so that a test decides what it holds:
 * `objects` are its objects by schema name; `password` must be `open sesame`; `isDown` lets nobody in; after
 * `breaksAfter` objects a read is cut off; each batch takes `batchTime` milliseconds.
 */
export const memoryConnector: DirectConnector = {
  input: 'connection',
  type: 'Memory',
  scriptName: 'memory-angularsc',
  connectorName: 'Memory',
  features: ['NO_PERMISSIONS_PROVISIONING'],
  details: { connectorClass: 'test.Memory', connectorId: 'memory', connectorImplementationId: 'memory' },
  schemas: [
    {
      name: 'account',
      nativeObjectType: 'person',
      identityAttribute: 'uid',
      displayAttribute: 'uid',
      attributes: [
        { name: 'uid', description: 'The name to sign in with' },
        {
          name: 'roles',
          description: 'The roles of the person',
          schema: { name: 'role' },
          isMulti: true,
          isEntitlement: true,
          isGroup: true,
        },
      ],
    },
    {
      name: 'role',
      nativeObjectType: 'role',
      identityAttribute: 'code',
      displayAttribute: 'title',
      attributes: [
        { name: 'code', description: 'The code of the role' },
        { name: 'title', description: 'What people call it' },
      ],
    },
  ],
  secretAttributes: ['password'],
  checkAttributes: ({ host, password }) => {
    if (host !== undefined && typeof host !== 'string') {
      throw illegalValue('connectorAttributes "host" must be text.');
    }
    if (password === undefined) {
      throw illegalValue('connectorAttributes "password" is required.');
    }
  },
  test: async (connection) => connect(connection),
  peek: async (input, count) =>
    objectsOf(input)
      .slice(0, count)
      .map((object) => peeked(object, input.schema)),
  read,
};

type StoredObject = Readonly<Record<string, string | readonly string[]>>;

/** So small that a read takes several batches. */
const batchSize = 2;

function connect({ connectorAttributes: { isDown, password } }: Connection): void {
  if (isDown === true) {
    throw new ConnectorError('The system does not answer.', { kind: 'unavailable' });
  }
  if (password !== 'open sesame') {
    throw new ConnectorError('The system refuses the password.', { kind: 'denied' });
  }
}

function objectsOf({ connectorAttributes, schema }: ReadInput): readonly StoredObject[] {
  connect({ connectorAttributes });
  const all = connectorAttributes['objects'] as Readonly<Record<string, readonly StoredObject[]>> | undefined;
  return all?.[schema.name] ?? [];
}

function peeked(object: StoredObject, { identityAttribute, displayAttribute }: ObjectSchema): PeekedObject {
  const text = (name: string | null): string => String(object[name ?? ''] ?? '');
  return { identity: text(identityAttribute), name: text(displayAttribute), attributes: object };
}

async function* read(input: ReadInput): AsyncGenerator<SourceBatch> {
  const objects = objectsOf(input);
  const columns = input.schema.attributes.map(({ name }) => name);
  const rows = objects.map((object, index) => ({ line: index + 1, cells: columns.map((name) => object[name] ?? '') }));
  const { breaksAfter, batchTime } = input.connectorAttributes;
  for (let start = 0; start === 0 || start < rows.length; start += batchSize) {
    if (typeof breaksAfter === 'number' && start >= breaksAfter) {
      throw new ConnectorError('The connection was lost.', { kind: 'unavailable' });
    }
    await sleep(typeof batchTime === 'number' ? batchTime : 0);
    const slice = rows.slice(start, start + batchSize);
    yield { columns, rows: slice, badRows: [], bytesRead: start + slice.length, bytesTotal: null };
  }
}
