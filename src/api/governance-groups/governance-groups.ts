import { governanceGroups } from '../../domain/governance-groups/governance-groups.ts';
import { contractFamilies } from '../families.ts';
import { resourceApi } from '../resources/resource-api.ts';
import { deleteOf } from '../resources/resource-operations.ts';
import { manageGroups, readGroups } from './access.ts';

/** Governance groups (contract B.5), whose other operations differ: they show counts, and a creation has the status 200. */
export const workgroupApi = resourceApi({
  resource: governanceGroups,
  title: 'Workgroup',
  tag: 'Governance Groups',
  path: '/workgroups',
  families: contractFamilies,
  read: readGroups,
  manage: manageGroups,
  collection: {
    maximumLimit: 250,
    filters: {
      id: { type: 'id', operators: ['eq', 'in', 'sw'] },
      name: { type: 'string', operators: ['eq', 'sw', 'in'] },
      'memberships.identityId': { type: 'id', operators: ['eq', 'in'] },
    },
    sorters: ['name', 'created', 'modified', 'id', 'description'],
  },
  schemas: {},
});

export const deleteWorkgroup = deleteOf(workgroupApi, {
  operationId: 'deleteWorkgroup',
  summary: 'Delete a governance group that is not in use',
});
