import { Type } from 'typebox';
import { ownershipOf } from '../../domain/identities/ownership.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { ownershipReaders } from './access.ts';
import { identityIdPath } from './schemas.ts';

const ownership = Type.Object(
  {
    associationDetails: Type.Array(
      Type.Object(
        {
          associationType: Type.String({ description: 'Such as SOURCE_OWNER or ENTITLEMENT_OWNER.' }),
          entities: Type.Array(
            Type.Object(
              {
                identityEntity: Type.Object(
                  { id: Type.String(), name: Type.String(), type: Type.String() },
                  { additionalProperties: false },
                ),
              },
              { additionalProperties: false },
            ),
            { description: 'At most 250 objects.' },
          ),
          total: Type.Integer({ description: 'The number of all objects.' }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false, title: 'IdentityOwnershipAssociationDetails' },
);

/** GET /identities/{identityId}/ownership (contract B.3). */
export const getIdentityOwnershipDetails = defineOperation({
  operationId: 'getIdentityOwnershipDetails',
  tag: 'Identities',
  summary: 'List the objects that an identity owns',
  method: 'GET',
  path: '/identities/{identityId}/ownership',
  families: contractFamilies,
  security: { userAuth: ['idn:identity:read'] },
  userLevels: ownershipReaders,
  pathParameters: identityIdPath,
  success: { status: 200, schema: ownership },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => {
    const associations = await ownershipOf(application.database, path.identityId);
    return {
      body: {
        associationDetails: associations.map(({ associationType, objectType, objects, total }) => ({
          associationType,
          entities: objects.map(({ id, name }) => ({ identityEntity: { id, name, type: objectType } })),
          total,
        })),
      },
    };
  },
});
