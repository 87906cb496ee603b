import { randomBytes } from 'node:crypto';
import {
  IdentitiesBetaApi,
  IdentitiesV2024Api,
  PublicIdentitiesV2024Api,
  SourcesBetaApi,
  SourcesV2024Api,
} from 'sailpoint-api-client';
import { describe, expect, test } from 'vitest';
import { describeServer } from './acceptance.ts';
import { configurationOf, refusalOf, sdkFamilies } from './sdk.ts';

describeServer('identities by the SDK', (server) => {
  describe.each(sdkFamilies)('%s', (family) => {
    test('listIdentities, getIdentity, getPublicIdentities and deleteIdentity', async () => {
      const configuration = configurationOf(server());
      const alias = `ann-${randomBytes(5).toString('hex')}x`;
      const { id: sourceId } = await server().createSource({ authoritative: true });
      const file = new File([`id,name,e-mail\n${alias},Ann,${alias}@x.example\n`], 'people.csv');
      const { data: loaded } = await new SourcesBetaApi(configuration).importAccounts({ sourceId, file });
      await server().api.waitForTask(loaded.task?.id ?? '');

      const identities =
        family === 'beta' ? new IdentitiesBetaApi(configuration) : new IdentitiesV2024Api(configuration);
      const list = await identities.listIdentities({ filters: `alias eq "${alias}"`, count: true });
      expect([list.headers['x-total-count'], list.data.length]).toEqual(['1', 1]);
      const [identity] = list.data;
      expect(identity).toMatchObject({ alias, emailAddress: `${alias}@x.example` });
      const id = identity?.id ?? '';
      expect((await identities.getIdentity({ id })).data).toEqual(identity);

      const people = new PublicIdentitiesV2024Api(configuration);
      const { data: found } = await people.getPublicIdentities({ filters: `alias eq "${alias}"` });
      expect(found).toMatchObject([{ id, alias }]);

      const deletion = { id, xSailPointExperimental: 'true' };
      expect((await identities.deleteIdentity(deletion)).status).toBe(204);
      expect((await refusalOf(identities.getIdentity({ id }))).status).toBe(404);
      expect((await refusalOf(identities.deleteIdentity(deletion))).status).toBe(404);
    });

    test('getIdentityOwnershipDetails, getRoleAssignments, startIdentityProcessing and resetIdentity', async () => {
      const configuration = configurationOf(server());
      const { id: sourceId } = await server().createSource({ authoritative: true });
      const alias = `eve-${randomBytes(5).toString('hex')}x`;
      await server().api.loadAccounts(sourceId, `id,name\n${alias},Eve\n`);
      const beta = new IdentitiesBetaApi(configuration);
      const v2024 = new IdentitiesV2024Api(configuration);
      const identities = family === 'beta' ? beta : v2024;
      const { data: found } = await identities.listIdentities({ filters: `alias eq "${alias}"` });
      const identityId = found[0]?.id ?? '';

      const administrator = { identityId: server().identityId };
      const { data: owned } = await identities.getIdentityOwnershipDetails(administrator);
      expect(owned.associationDetails).toContainEqual(expect.objectContaining({ associationType: 'SOURCE_OWNER' }));
      const { data: mine } = await identities.getIdentityOwnershipDetails({ identityId });
      expect(mine).toEqual({ associationDetails: [] });
      const { data: roles } = await identities.getRoleAssignments({ identityId, xSailPointExperimental: 'true' });
      expect(roles).toEqual([]);
      const assignment = { identityId, assignmentId: 'x', xSailPointExperimental: 'true' };
      // getRoleAssignment
      expect((await refusalOf(identities.getRoleAssignment(assignment))).status).toBe(404);

      const request = { identityIds: [identityId] };
      const { data: task } =
        family === 'beta'
          ? await beta.startIdentityProcessing({ processIdentitiesRequestBeta: request })
          : await v2024.startIdentityProcessing({ processIdentitiesRequestV2024: request });
      expect(await server().api.waitForTask(task.id ?? '')).toMatchObject({
        completionStatus: 'SUCCESS',
        attributes: { total: 1, updated: 0, failed: 0 },
      });
      if (family === 'beta') {
        // That of v2024 does not fill in the id in the path.
        expect((await beta.resetIdentity({ identityId })).status).toBe(202);
        expect((await refusalOf(beta.resetIdentity({ identityId: 'f'.repeat(32) }))).status).toBe(404);
      }
    });

    test('getCorrelationConfig and putCorrelationConfig', async () => {
      const configuration = configurationOf(server());
      const { id } = await server().createSource();
      const beta = new SourcesBetaApi(configuration);
      const v2024 = new SourcesV2024Api(configuration);
      const attributeAssignments = [
        { property: 'email', value: 'e-mail', operation: 'EQ' as const, complex: false, ignoreCase: true },
      ];
      const { data } =
        family === 'beta'
          ? await beta.putCorrelationConfig({ sourceId: id, correlationConfigBeta: { attributeAssignments } })
          : await v2024.putCorrelationConfig({ id, correlationConfigV2024: { attributeAssignments } });
      expect(data.attributeAssignments).toMatchObject(attributeAssignments);
      const { data: read } =
        family === 'beta'
          ? await beta.getCorrelationConfig({ sourceId: id })
          : await v2024.getCorrelationConfig({ id });
      expect(read).toEqual(data);
    });
  });
});
