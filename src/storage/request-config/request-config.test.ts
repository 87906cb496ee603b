import { expect, test } from 'vitest';
import { groupsOfConfig, withGroupsAmong } from './request-config.ts';

const group = (approverId: string) => ({ approverType: 'GOVERNANCE_GROUP', approverId });
const manager = { approverType: 'MANAGER' };

test('steps of groups that no longer exist are omitted, and inherited if none is left', () => {
  const stored = JSON.stringify({
    accessRequestConfig: { approvalSchemes: [group('a'), manager, group('b')], requireEndDate: true },
    revocationRequestConfig: { approvalSchemes: [group('b')] },
  });
  expect(groupsOfConfig(stored)).toEqual(['a', 'b', 'b']);
  expect(withGroupsAmong(new Set(['a', 'b']), stored)).toBe(stored);
  expect(JSON.parse(withGroupsAmong(new Set(['a']), stored) ?? '')).toEqual({
    accessRequestConfig: { approvalSchemes: [group('a'), manager], requireEndDate: true },
  });
  expect(JSON.parse(withGroupsAmong(new Set(['b']), stored) ?? '')).toEqual({
    accessRequestConfig: { approvalSchemes: [manager, group('b')], requireEndDate: true },
    revocationRequestConfig: { approvalSchemes: [group('b')] },
  });
  const flags = { accessRequestConfig: { requireEndDate: true }, revocationRequestConfig: { approvalSchemes: [] } };
  const mixed = JSON.stringify({
    ...flags,
    accessRequestConfig: { approvalSchemes: [group('b')], requireEndDate: true },
  });
  expect(JSON.parse(withGroupsAmong(new Set(), mixed) ?? '')).toEqual(flags);
  const other = JSON.stringify({ ...flags, revocationRequestConfig: { approvalSchemes: [manager, group('b')] } });
  expect(JSON.parse(withGroupsAmong(new Set(), other) ?? '')).toEqual({
    ...flags,
    revocationRequestConfig: { approvalSchemes: [manager] },
  });
  const only = JSON.stringify({ revocationRequestConfig: { approvalSchemes: [group('b')] } });
  expect(withGroupsAmong(new Set(), only)).toBeNull();
  for (const plain of [null, '{"accessRequestConfig":{"approvalSchemes":[]}}']) {
    expect(withGroupsAmong(new Set(), plain)).toBe(plain);
    expect(groupsOfConfig(plain)).toEqual([]);
  }
});
