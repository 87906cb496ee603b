import { Type } from 'typebox';
import { connectorOf } from '../../domain/sources/source-connector.ts';
import { getSource } from '../../domain/sources/sources.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath, nullable, oneOf } from '../schemas.ts';
import { connectorLevels } from './access.ts';

const inAllFamilies = {
  name: Type.String(),
  fileUpload: Type.Boolean({ description: 'Whether sources are read from uploaded files.' }),
  directConnect: Type.Boolean({ description: 'Whether sources are read over a connection.' }),
  connectorMetadata: Type.Record(Type.String(), Type.Unknown()),
};

const connectorDetailBeta = Type.Object(inAllFamilies, { additionalProperties: false, title: 'ConnectorDetail' });

const connectorDetail = Type.Object(
  {
    ...inAllFamilies,
    type: Type.String(),
    className: Type.String(),
    scriptName: Type.String(),
    sourceConfig: nullable(Type.String({ description: 'Always null: connectors have no forms.' })),
    sourceConfigFrom: nullable(Type.String()),
    uploadedFiles: nullable(Type.Array(Type.String())),
    translationProperties: Type.Record(Type.String(), Type.Unknown()),
    status: oneOf(['RELEASED']),
  },
  { additionalProperties: false, title: 'ConnectorDetail' },
);

/**
 * GET /sources/{id}/connectors/source-config (contract B.1): the connector of a source. There are no forms for its
 * settings, and therefore no translations of them.
 */
export const getSourceConfig = defineOperation({
  operationId: 'getSourceConfig',
  tag: 'Sources',
  summary: 'Get the connector of a source',
  method: 'GET',
  path: '/sources/{id}/connectors/source-config',
  families: contractFamilies,
  security: { userAuth: ['idn:connector-config:read', 'idn:connector-config:manage'] },
  userLevels: connectorLevels,
  pathParameters: idPath,
  query: Type.Object({
    locale: Type.Optional(
      Type.String({ maxLength: 35, description: 'The names are in English, which replaces any other language.' }),
    ),
  }),
  success: { status: 200, schema: connectorDetail },
  errors: [400, 401, 403, 404, 429, 500],
  variant: { isBeta: false },
  overrides: {
    beta: {
      success: { status: 200, schema: connectorDetailBeta },
      errors: [401, 403, 404, 429, 500],
      variant: { isBeta: true },
    },
  },
  handle: async ({ application: { database, connectors }, path, variant }) => {
    const { connectorName, type, scriptName, details, input } = connectorOf(
      connectors,
      await getSource(database, path.id),
    );
    const common = {
      name: connectorName,
      fileUpload: input === 'file',
      directConnect: input === 'connection',
      connectorMetadata: {},
    };
    if (variant.isBeta) {
      return { body: common };
    }
    const names = { type, className: details.connectorClass, scriptName };
    const none = { sourceConfig: null, sourceConfigFrom: null, uploadedFiles: null, translationProperties: {} };
    return { body: { ...common, ...names, ...none, status: 'RELEASED' } };
  },
});
