import { expect, test } from 'vitest';
import { configInForce } from './inheritance.ts';

const owner = [{ approverType: 'ENTITLEMENT_OWNER' }] as const;
const manager = [{ approverType: 'MANAGER' }] as const;

test('each value is that of the nearest level that sets it', () => {
  const { config, origins } = configInForce([
    { origin: 'ENTITLEMENT', config: { accessRequestConfig: { approvalSchemes: [], requireEndDate: false } } },
    {
      origin: 'SOURCE',
      config: {
        accessRequestConfig: { requireEndDate: true, requestCommentRequired: true, maxPermittedAccessDuration: null },
        revocationRequestConfig: { approvalSchemes: manager },
      },
    },
    {
      origin: 'ORGANISATION',
      config: {
        accessRequestConfig: {
          approvalSchemes: owner,
          denialCommentRequired: true,
          maxPermittedAccessDuration: { value: 1, timeUnit: 'WEEKS' },
        },
        revocationRequestConfig: { approvalSchemes: owner },
      },
    },
  ]);
  expect(config).toEqual({
    accessRequestConfig: {
      approvalSchemes: [],
      requestCommentRequired: true,
      denialCommentRequired: true,
      reauthorizationRequired: false,
      requireEndDate: false,
      maxPermittedAccessDuration: null,
    },
    revocationRequestConfig: { approvalSchemes: manager },
  });
  expect(origins).toEqual({
    accessRequestConfig: {
      approvalSchemes: 'ENTITLEMENT',
      requestCommentRequired: 'SOURCE',
      denialCommentRequired: 'ORGANISATION',
      reauthorizationRequired: 'DEFAULT',
      requireEndDate: 'ENTITLEMENT',
      maxPermittedAccessDuration: 'SOURCE',
    },
    revocationRequestConfig: { approvalSchemes: 'SOURCE' },
  });
});

test('without any setting the owner of the source approves', () => {
  const { config, origins } = configInForce([{ origin: 'SOURCE', config: null }]);
  expect(config.accessRequestConfig.approvalSchemes).toEqual([{ approverType: 'SOURCE_OWNER' }]);
  expect(config.revocationRequestConfig.approvalSchemes).toEqual([]);
  expect(new Set(Object.values(origins.accessRequestConfig))).toEqual(new Set(['DEFAULT']));
});
