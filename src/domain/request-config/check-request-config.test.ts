import { expect, test } from 'vitest';
import { describeStorage } from '../../../tests/support/engines.ts';
import { checkedRequestConfig, type RequestConfigInput } from './check-request-config.ts';
import { grantSchemesText, parseGrantSchemes } from './grant-schemes.ts';

describeStorage('a request configuration', (database) => {
  const checked = (input: RequestConfigInput) =>
    database().write((transaction) => checkedRequestConfig(transaction, input));

  test('sets what it contains, in a fixed order of fields and with its order of steps', async () => {
    const config = await checked({
      accessRequestConfig: {
        requireEndDate: true,
        maxPermittedAccessDuration: { timeUnit: 'DAYS', value: 30 },
        requestCommentRequired: false,
        approvalSchemes: [{ approverType: 'MANAGER', approverId: null }, { approverType: 'ENTITLEMENT_OWNER' }],
      },
      revocationRequestConfig: { approvalSchemes: [] },
    });
    expect(JSON.stringify(config)).toBe(
      JSON.stringify({
        accessRequestConfig: {
          approvalSchemes: [{ approverType: 'MANAGER' }, { approverType: 'ENTITLEMENT_OWNER' }],
          requestCommentRequired: false,
          requireEndDate: true,
          maxPermittedAccessDuration: { value: 30, timeUnit: 'DAYS' },
        },
        revocationRequestConfig: { approvalSchemes: [] },
      }),
    );
  });

  test('sets nothing if its values are absent or null', async () => {
    expect(await checked({})).toBeNull();
    expect(await checked({ accessRequestConfig: {}, revocationRequestConfig: null })).toBeNull();
    expect(
      await checked({
        accessRequestConfig: { approvalSchemes: null, requireEndDate: null, formDefinitionId: null },
        revocationRequestConfig: { approvalSchemes: null },
      }),
    ).toBeNull();
  });

  test('can say that there is no limit of the duration', async () => {
    expect(await checked({ accessRequestConfig: { maxPermittedAccessDuration: null } })).toEqual({
      accessRequestConfig: { maxPermittedAccessDuration: null },
    });
  });

  type Schemes = NonNullable<NonNullable<RequestConfigInput['accessRequestConfig']>['approvalSchemes']>;
  test.each<[string, Schemes, string]>([
    ['a group without id', [{ approverType: 'GOVERNANCE_GROUP' }], '.0.approverId" is missing. It must be the id of a'],
    ['an empty id', [{ approverType: 'WORKFLOW', approverId: ' ' }], '.0.approverId" is " ". It must be the id of a'],
    ['an unknown group', [{ approverType: 'GOVERNANCE_GROUP', approverId: 'g' }], 'governance group "g" was not found'],
    ['a workflow', [{ approverType: 'WORKFLOW', approverId: 'w' }], 'There are no workflows on this server'],
    [
      'a workflow beside a step',
      [{ approverType: 'MANAGER' }, { approverType: 'WORKFLOW', approverId: 'w' }],
      'WORKFLOW must be the only step',
    ],
    [
      'an id of a manager',
      [{ approverType: 'MANAGER', approverId: 'm' }],
      'must be null or absent with the approverType',
    ],
    ['a step twice', [{ approverType: 'MANAGER' }, { approverType: 'MANAGER' }], '{"approverType":"MANAGER"} twice'],
  ])('rejects %s', async (_title, approvalSchemes, reason) => {
    for (const part of ['accessRequestConfig', 'revocationRequestConfig'] as const) {
      const promise = checked({ [part]: { approvalSchemes } });
      await expect(promise).rejects.toMatchObject({ status: 400, message: expect.stringContaining(reason) });
    }
  });

  test('rejects forms', async () => {
    await expect(checked({ accessRequestConfig: { formDefinitionId: 'f' } })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('there are no forms on this server'),
    });
  });
});

test('the steps of the oldest families are a text', () => {
  const text = 'entitlementOwner, sourceOwner, manager, workgroup:2c91';
  expect(parseGrantSchemes('entitlementOwner,sourceOwner , manager, workgroup: 2c91')).toEqual([
    { approverType: 'ENTITLEMENT_OWNER' },
    { approverType: 'SOURCE_OWNER' },
    { approverType: 'MANAGER' },
    { approverType: 'GOVERNANCE_GROUP', approverId: '2c91' },
  ]);
  expect(grantSchemesText(parseGrantSchemes(text) as never)).toBe(text);
  for (const none of [null, '', ' ']) {
    expect(parseGrantSchemes(none)).toEqual([]);
  }
  expect(grantSchemesText([])).toBeNull();
  expect(() => parseGrantSchemes('owner')).toThrow('must be a list of entitlementOwner, sourceOwner, manager and');
  expect(() => parseGrantSchemes('manager,')).toThrow('separated by commas');
  expect(() => parseGrantSchemes('manager,'.repeat(30))).toThrow('at most 20 steps');
});
