/** The defaults of a new source of delimited files, as in ISC (behaviour, §1 "CSV"). */
import type { DefaultSchema } from '../connector.ts';

export const features = ['NO_RANDOM_ACCESS', 'DISCOVER_SCHEMA', 'DIRECT_PERMISSIONS'] as const;

export const details = {
  connectorClass: 'sailpoint.connector.DelimitedFileConnector',
  connectorId: 'delimited-file',
  connectorImplementationId: 'delimited-file',
} as const;

const account: DefaultSchema = {
  name: 'account',
  nativeObjectType: 'User',
  identityAttribute: 'id',
  displayAttribute: 'name',
  attributes: [
    { name: 'id', description: 'The unique id of the account' },
    { name: 'name', description: 'The name of the account' },
    { name: 'givenName', description: 'The first name of the person' },
    { name: 'familyName', description: 'The last name of the person' },
    { name: 'e-mail', description: 'The e-mail address of the person' },
    { name: 'location', description: 'The place where the person works' },
    { name: 'manager', description: 'The manager of the person' },
    {
      name: 'groups',
      description: 'The groups of the account',
      schema: { name: 'group' },
      isMulti: true,
      isEntitlement: true,
      isGroup: true,
    },
  ],
};

const group: DefaultSchema = {
  name: 'group',
  nativeObjectType: 'Group',
  identityAttribute: 'id',
  displayAttribute: 'name',
  attributes: [
    { name: 'id', description: 'The unique id of the group' },
    { name: 'name', description: 'The name of the group' },
    { name: 'displayName', description: 'The display name of the group' },
    { name: 'created', description: 'When the group was created' },
    { name: 'description', description: 'The purpose of the group' },
    { name: 'modified', description: 'When the group was last changed' },
    { name: 'entitlements', description: 'The entitlements of the group', isMulti: true },
    { name: 'groups', description: 'The groups related to the group', isMulti: true },
    { name: 'permissions', description: 'The permissions of the group', isMulti: true },
  ],
};

export const schemas = [account, group] as const;
