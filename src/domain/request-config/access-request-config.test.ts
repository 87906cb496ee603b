import { expect, test } from 'vitest';
import { addIdentity } from '../../../tests/support/catalogue.ts';
import { changesOf } from '../../../tests/support/changes.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import { violationsOf } from '../../../tests/support/invariants.ts';
import { deleteIdentity } from '../identities/delete-identity.ts';
import {
  type AccessRequestConfigInput,
  changeAccessRequestConfig,
  defaultSettings,
  fallbackEmail,
  getAccessRequestConfig,
} from './access-request-config.ts';

const context = { actorId: null, clientId: 'client', taskId: null, trackingId: null };

describeStorage("the organisation's settings for access requests", (database) => {
  const change = (input: AccessRequestConfigInput, ifMatch?: number) =>
    changeAccessRequestConfig(database(), () => input, { ifMatch, context });

  test('have version 0 and defaults until they are changed, and are created once by concurrent changes', async () => {
    expect(await getAccessRequestConfig(database().keyed)).toMatchObject({ ...defaultSettings, version: 0 });
    await expect(change({}, 1)).rejects.toMatchObject({ status: 412 });
    await Promise.all([
      change({ approvalsMustBeExternal: true }),
      change({ reauthorizationEnabled: true }),
      change({ autoApprovalEnabled: true }),
    ]);
    const after = await getAccessRequestConfig(database().keyed);
    expect(after).toMatchObject({
      approvalsMustBeExternal: true,
      reauthorizationEnabled: true,
      autoApprovalEnabled: true,
      version: 3,
    });
    const changes = await changesOf(database(), after.id);
    expect(changes.map(({ kind, objectType }) => [objectType, kind])).toEqual([
      ['ACCESS_REQUEST_CONFIG', 'created'],
      ['ACCESS_REQUEST_CONFIG', 'updated'],
      ['ACCESS_REQUEST_CONFIG', 'updated'],
    ]);
    expect(await change({ approvalsMustBeExternal: true })).toMatchObject({ version: 3 });
    expect(await violationsOf(database().scan)).toEqual([]);
  });

  test('check the fallback approver, and lose one that is deleted', async () => {
    const id = await addIdentity(database(), 'Fay Fallback');
    await expect(change({ fallbackApprover: { id: 'nobody' } })).rejects.toMatchObject({ status: 400 });
    await expect(change({ fallbackApprover: { id, name: 'Somebody' } })).rejects.toMatchObject({ status: 400 });
    const set = await change({ fallbackApprover: { id } });
    expect(set.fallbackApprover).toEqual({ id, name: 'Fay Fallback' });
    expect(await fallbackEmail(database(), set)).toBeNull();
    expect((await change({ autoApprovalEnabled: false })).fallbackApprover).toEqual({ id, name: 'Fay Fallback' });
    await deleteIdentity(database(), id, undefined, context);
    expect((await getAccessRequestConfig(database().keyed)).fallbackApprover).toBeNull();
  });

  test('check the configuration of entitlements, naming the field', async () => {
    const approvalSchemes = [{ approverType: 'GOVERNANCE_GROUP' as const }];
    await expect(change({ entitlementRequestConfig: { accessRequestConfig: { approvalSchemes } } })).rejects.toThrow(
      'Field "entitlementRequestConfig.accessRequestConfig.approvalSchemes.0.approverId"',
    );
    const set = await change({ entitlementRequestConfig: { accessRequestConfig: { requireEndDate: true } } });
    expect(set.entitlementRequestConfig).toEqual({ accessRequestConfig: { requireEndDate: true } });
    expect((await change({ entitlementRequestConfig: null })).entitlementRequestConfig).toBeNull();
  });
});
