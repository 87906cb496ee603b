import { Type } from 'typebox';
import { importDetails } from '../../domain/entitlements/import-details.ts';
import { connectorForCsv } from '../../domain/sources/source-connector.ts';
import { getSource } from '../../domain/sources/sources.ts';
import { badRequestContent } from '../../errors.ts';
import { defineOperation } from '../operation.ts';

/**
 * POST /entitlements/sources/{sourceId}/entitlements/import, which ISC serves in beta without documenting it: its user
 * interface and its VS Code extension send the columns attributeName, attributeValue, schema, displayName, description
 * and privileged.
 */
export const importEntitlementDetails = defineOperation({
  operationId: 'importEntitlementDetails',
  tag: 'Entitlements',
  summary: 'Set names, descriptions and privileges of existing entitlements from a CSV file',
  method: 'POST',
  path: '/entitlements/sources/{sourceId}/entitlements/import',
  families: ['beta', 'muniment'],
  security: { userAuth: ['idn:entitlement:manage'] },
  userLevels: ['ORG_ADMIN'],
  pathParameters: Type.Object({ sourceId: Type.String() }),
  body: {
    mediaType: 'multipart/form-data',
    schema: Type.Object({
      csvFile: Type.String({
        format: 'binary',
        description:
          'A CSV file in UTF-8 with the columns attributeName, attributeValue and schema, and any of displayName, description and privileged. An empty cell changes nothing. Text parts have no effect: clients of ISC send one.',
      }),
    }),
  },
  success: {
    status: 200,
    schema: Type.Object(
      {
        total: Type.Integer({ description: 'The rows of the file.' }),
        updated: Type.Integer({ description: 'Those whose entitlement exists and now has these details.' }),
        saved: Type.Integer({ description: 'The entitlements that have changed; the others had the details before.' }),
        problems: Type.Array(
          Type.Object({ line: Type.Integer(), problem: Type.String() }, { additionalProperties: false }),
          { description: 'Why the other rows had no effect, for the first 100 of them.' },
        ),
      },
      { additionalProperties: false, title: 'EntitlementDetailsImport' },
    ),
  },
  errors: [400, 401, 403, 404, 413, 429, 500],
  handle: async ({ application, path: { sourceId }, upload, context }) => {
    const { config, connectors, database, spool } = application;
    // Checked before the file is received, which may be large.
    await getSource(database, sourceId);
    const connector = connectorForCsv(connectors);
    const { file } = await upload(['csvFile']);
    if (file === undefined) {
      throw badRequestContent('There is no file. Send a CSV file as multipart/form-data in the part "csvFile".');
    }
    try {
      const details = { sourceId, file: spool.path(file), connector, mostRows: config.detailsRows };
      return { body: await importDetails(database, details, context) };
    } finally {
      await spool.remove(file);
    }
  },
});
