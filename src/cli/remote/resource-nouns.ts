import type { OperationName } from '../../client/client.ts';

/** The declaration of the commands for one kind of plain governance objects. */
export interface RemoteResource {
  /** The command. */
  readonly nouns: string;
  /** The singular with its article. */
  readonly one: string;
  /** An example for `--set` in the help. */
  readonly example: string;
  /** The columns of a list, before the id; `owner.name` is the name of the owner. */
  readonly columns: readonly string[];
  /** Whether its list can be filtered and sorted. */
  readonly isFiltered?: true;
  readonly operations: Readonly<Record<'list' | 'get' | 'create' | 'patch' | 'delete', OperationName>>;
}

/** All kinds of plain governance objects. */
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
  {
    nouns: 'workgroups',
    one: 'a governance group',
    example: 'name=Admins or owner=ID',
    columns: ['name', 'memberCount', 'connectionCount', 'owner.name'],
    isFiltered: true,
    operations: {
      list: 'listWorkgroups',
      get: 'getWorkgroup',
      create: 'createWorkgroup',
      patch: 'patchWorkgroup',
      delete: 'deleteWorkgroup',
    },
  },
];
