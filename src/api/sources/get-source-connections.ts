import { Type } from 'typebox';
import { getSourceConnections as connectionsOf } from '../../domain/identities/source-connections.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { readSources, sourceLevels } from './access.ts';
import { schemasPath } from './schemas.ts';

/** A kind of dependents that does not exist here. */
const none = Type.Array(Type.Record(Type.String(), Type.Unknown()), { maxItems: 0 });
const noNames = Type.Array(Type.String(), { maxItems: 0 });

/** GET /sources/{sourceId}/connections (contract B.1). */
export const getSourceConnections = defineOperation({
  operationId: 'getSourceConnections',
  tag: 'Sources',
  summary: 'Get what depends on a source',
  method: 'GET',
  path: '/sources/{sourceId}/connections',
  families: contractFamilies.filter((family) => family !== 'beta'),
  security: readSources,
  userLevels: sourceLevels,
  pathParameters: schemasPath,
  success: {
    status: 200,
    schema: Type.Object(
      {
        identityProfiles: Type.Array(
          Type.Object(
            { id: Type.String(), name: Type.String(), identityCount: Type.Integer() },
            { additionalProperties: false, title: 'IdentityProfilesConnections' },
          ),
          { description: 'The identities of an authoritative source, under the id and name of the source.' },
        ),
        credentialProfiles: noNames,
        sourceAttributes: Type.Array(Type.String(), {
          description: 'The account attributes that the identity mapping or the correlation refers to.',
        }),
        mappingProfiles: noNames,
        dependentCustomTransforms: none,
        dependentApps: none,
        missingDependents: none,
      },
      { additionalProperties: false, title: 'SourceConnectionsDto' },
    ),
  },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => {
    const { source, identities, attributes } = await connectionsOf(application.database, path.sourceId);
    const { id, name } = source;
    return {
      body: {
        identityProfiles: identities === undefined ? [] : [{ id, name, identityCount: identities }],
        credentialProfiles: [],
        sourceAttributes: attributes,
        mappingProfiles: [],
        dependentCustomTransforms: [],
        dependentApps: [],
        missingDependents: [],
      },
    };
  },
});
