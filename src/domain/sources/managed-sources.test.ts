import { expect, test } from 'vitest';
import type { Caller, UserLevel } from '../oauth/caller.ts';
import { limitOf } from './managed-sources.ts';

const ofSources: readonly UserLevel[] = ['ORG_ADMIN', 'SOURCE_ADMIN', 'SOURCE_SUBADMIN'];
const ofAccounts: readonly UserLevel[] = [...ofSources, 'HELPDESK'];

test.each<[held: UserLevel[], levels: readonly UserLevel[], isLimited: boolean]>([
  [['SOURCE_SUBADMIN'], ofSources, true],
  [['SOURCE_SUBADMIN', 'ORG_ADMIN'], ofSources, false],
  [['SOURCE_SUBADMIN', 'SOURCE_ADMIN'], ofSources, false],
  [['SOURCE_SUBADMIN', 'HELPDESK'], ofSources, true],
  [['SOURCE_SUBADMIN', 'HELPDESK'], ofAccounts, false],
  [['HELPDESK'], ofAccounts, false],
  [['SOURCE_SUBADMIN'], [], true],
  [['SOURCE_SUBADMIN', 'SOURCE_ADMIN'], [], false],
  [[], [], false],
])('a caller with %j is limited in an operation for %j: %s', (userLevels, levels, isLimited) => {
  const caller: Caller = { clientId: 'c', subjectId: 'me', name: 'Me', scopes: [], userLevels };
  expect(limitOf(caller, levels)).toBe(isLimited ? 'me' : undefined);
  expect(limitOf({ ...caller, subjectId: null }, levels)).toBeUndefined();
});
