/** What a new source of delimited files begins with, as ISC makes it (behaviour, §1 "CSV"). */
import type { SchemaAttribute, SourceSchema } from '../../storage/sources/source-schemas.ts';
import { newId } from '../ids.ts';

/** The fields of the source that follow from its connector. */
export const delimitedFileSource = {
  connectorName: 'Delimited File',
  features: ['NO_RANDOM_ACCESS', 'DISCOVER_SCHEMA', 'DIRECT_PERMISSIONS'],
  details: {
    connectorClass: 'sailpoint.connector.DelimitedFileConnector',
    connectorId: 'delimited-file',
    connectorImplementationId: 'delimited-file',
  },
} as const;

/** The schemas `account` and `group`; the account's groups link to the latter. */
export function delimitedFileSchemas(sourceId: string, now: number): readonly [SourceSchema, SourceSchema] {
  const accountId = newId();
  const groupId = newId();
  const common = {
    sourceId,
    hierarchyAttribute: null,
    includePermissions: false,
    features: [],
    configuration: {},
    created: now,
    modified: now,
    version: 1,
  };
  const account: SourceSchema = {
    ...common,
    id: accountId,
    name: 'account',
    nativeObjectType: 'User',
    identityAttribute: 'id',
    displayAttribute: 'name',
    attributes: [
      textAttribute('id', 'The unique id of the account'),
      textAttribute('name', 'The name of the account'),
      textAttribute('givenName', 'The first name of the person'),
      textAttribute('familyName', 'The last name of the person'),
      textAttribute('e-mail', 'The e-mail address of the person'),
      textAttribute('location', 'The place where the person works'),
      textAttribute('manager', 'The manager of the person'),
      {
        ...textAttribute('groups', 'The groups of the account'),
        schema: { id: groupId },
        isMulti: true,
        isEntitlement: true,
        isGroup: true,
      },
    ],
    accountAttribute: null,
  };
  const group: SourceSchema = {
    ...common,
    id: groupId,
    name: 'group',
    nativeObjectType: 'Group',
    identityAttribute: 'id',
    displayAttribute: 'name',
    attributes: [
      textAttribute('id', 'The unique id of the group'),
      textAttribute('name', 'The name of the group'),
      textAttribute('displayName', 'The name of the group as people see it'),
      textAttribute('created', 'When the group was made'),
      textAttribute('description', 'What the group is for'),
      textAttribute('modified', 'When the group was last changed'),
      { ...textAttribute('entitlements', 'The entitlements of the group'), isMulti: true },
      { ...textAttribute('groups', 'The groups related to the group'), isMulti: true },
      { ...textAttribute('permissions', 'The permissions of the group'), isMulti: true },
    ],
    accountAttribute: 'groups',
  };
  return [account, group];
}

/** An attribute with one text as its value. */
export function textAttribute(name: string, description: string): SchemaAttribute {
  return {
    name,
    nativeName: null,
    type: 'STRING',
    schema: null,
    description,
    isMulti: false,
    isEntitlement: false,
    isGroup: false,
  };
}
