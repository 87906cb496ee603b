import type { OperationName } from '../../client/client.ts';

/** What the commands for a kind of plain governance objects are made of. */
export interface RemoteResource {
  /** The command. */
  readonly nouns: string;
  /** One of them, with its article. */
  readonly one: string;
  /** Fields to set, for the help. */
  readonly example: string;
  /** The fields that a list shows, before the id; `owner.name` is the name of the owner. */
  readonly columns: readonly string[];
  readonly operations: Readonly<Record<'list' | 'get' | 'create' | 'patch' | 'delete', OperationName>>;
}

/** Every kind whose commands are alike. */
export const resources: readonly RemoteResource[] = [
  {
    nouns: 'segments',
    one: 'a segment',
    example: 'name=South, active=true or owner=ID',
    columns: ['name', 'active', 'owner.name'],
    operations: {
      list: 'listSegments',
      get: 'getSegment',
      create: 'createSegment',
      patch: 'patchSegment',
      delete: 'deleteSegment',
    },
  },
];
