import { expect, test } from 'vitest';
import { addEntitlements, addSource } from '../../../tests/support/catalogue.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import { newId } from '../ids.ts';
import type { Caller, UserLevel } from '../oauth/caller.ts';
import { limitOf, type ObjectOfSource, refuseUnmanaged } from './managed-sources.ts';

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

describeStorage('objects of sources', (database) => {
  test('are refused if any of them belongs to a source that the identity does not manage', async () => {
    const [mine, foreign] = [await addSource(database(), 'Mine'), await addSource(database(), 'Foreign')];
    const me = newId();
    await database().write((transaction) =>
      transaction.query.updateTable('source').set({ owner_id: me }).where('id', '=', mine).execute(),
    );
    const [first = '', second = '', other = ''] = await addEntitlements(database(), [
      { source_id: mine, value: 'a' },
      { source_id: mine, value: 'b' },
      { source_id: foreign, value: 'a' },
    ]);
    const refusalOf = async (...objects: ObjectOfSource[]) =>
      refuseUnmanaged(database(), me, objects).then(
        () => undefined,
        (error: Error) => error.message.replace(/\..*/s, ''),
      );
    const entitlement = (id: string): ObjectOfSource => ({ kind: 'entitlement', id });
    const source = (id: string): ObjectOfSource => ({ kind: 'source', id });
    expect(await refusalOf()).toBeUndefined();
    expect(await refusalOf(entitlement(first), entitlement(second), entitlement(first), source(mine))).toBeUndefined();
    expect(await refusalOf(entitlement('nothing'), source('a\0b'))).toBeUndefined();
    expect(await refusalOf(source(mine), entitlement(first), entitlement(other))).toBe(
      `The source of entitlement ${other} is managed by others`,
    );
    expect(await refusalOf(entitlement(first), source(foreign))).toBe(`Source ${foreign} is managed by others`);
  });
});
