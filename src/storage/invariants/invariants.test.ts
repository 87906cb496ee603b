import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { addEntitlements, addSource } from '../../../tests/support/catalogue.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import { createEntitlements, updateEntitlements } from '../aggregation.ts';
import type { SourceTruth } from '../entitlement-record.ts';
import { invariants } from './invariants.ts';

const origin = { actorId: null, clientId: null, taskId: null, trackingId: null };

function truth(value: string, displayName: string): SourceTruth {
  return {
    value,
    displayName,
    description: null,
    privilege: null,
    attributes: '{}',
    permissions: null,
    parents: ['parent'],
    fingerprint: displayName,
  };
}

/** What is done to a sound database, and the invariant that then must not hold. */
const damages: readonly [invariant: string, statement: string][] = [
  ['every membership has its account and its entitlement', `insert into account_entitlement values ('nobody', 'e1')`],
  ['has_parents says whether an entitlement names any', `update entitlement set has_parents = 0 where id = 'e1'`],
  ['how many entitlements each source has is kept', 'update entitlement_count set number = number + 1'],
  ['every named parent has its child, of the same source and type', `update entitlement_parent set type = 'other'`],
  ['every entitlement and account has its source', `update entitlement set source_id = 'none' where id = 'e1'`],
  ['identities that are referred to are there', `update entitlement set owner_id = 'nobody' where id = 'e1'`],
  [
    'what finds accounts and identities belongs to one that is there',
    `insert into identity_attribute values ('nobody', 'alias', 'x')`,
  ],
  [
    'nothing is both there and deleted',
    `insert into entitlement_tombstone select id, source_id, type, value, 0, null, '{}' from entitlement where id = 'e1'`,
  ],
  ['folded columns follow from their values', `update entitlement set name_folded = 'x' where id = 'e1'`],
  [
    'no change of an ENTITLEMENT without its record, no record without its change',
    `update entitlement set requestable = 1 where id = 'e1'`,
  ],
  [
    'no change of an ENTITLEMENT without its record, no record without its change',
    `update entitlement set version = 3 where id = 'e1'`,
  ],
  [
    'no change of an ENTITLEMENT without its record, no record without its change',
    `update entitlement set modified = 7 where id = 'e1'`,
  ],
  [
    'no change of an ENTITLEMENT without its record, no record without its change',
    `delete from change where kind = 'updated'`,
  ],
  ['no change of an ENTITLEMENT without its record, no record without its change', `delete from change`],
  [
    'no change of an ENTITLEMENT without its record, no record without its change',
    `delete from entitlement where id = 'e1'`,
  ],
];

describeStorage('invariants', (database) => {
  beforeAll(async () => {
    const sourceId = await addSource(database(), 'Directory', { group: null });
    const scope = { sourceId, type: 'group' };
    await database().write(async (transaction) => {
      await createEntitlements(transaction, scope, [truth('a', 'A')], ['e1'], origin, 1);
      await updateEntitlements(transaction, scope, [{ id: 'e1', truth: truth('a', 'B') }], origin, 2);
    });
  });

  test('hold in a database that was written as it should be', async () => {
    for (const { name, violations } of invariants) {
      expect([name, await violations(database().keyed)]).toEqual([name, []]);
    }
  });

  test.each(damages)('%s: not after %s', async (name, statement) => {
    const undo = new Error('undone');
    let found: string[] = [];
    const damaged = database().write(async (transaction) => {
      await sql.raw(statement).execute(transaction.query);
      found = (await invariants.find((invariant) => invariant.name === name)?.violations(transaction)) ?? [];
      throw undo;
    });
    await expect(damaged).rejects.toBe(undo);
    expect(found).not.toEqual([]);
  });

  test('an entitlement that nobody recorded', async () => {
    const sourceId = await addSource(database(), 'Other', { group: null });
    const [id] = await addEntitlements(database(), [{ source_id: sourceId, value: 'unrecorded' }]);
    const found = await Promise.all(invariants.map(({ violations }) => violations(database().keyed)));
    expect(found.flat()).toEqual([`entitlement ${id} is not in the record`]);
  });
});
