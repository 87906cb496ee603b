import { expect, test } from 'vitest';
import { addEntitlements, addSource } from '../../../tests/support/catalogue.ts';
import { changesOf } from '../../../tests/support/changes.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import { assignedMetadata } from '../../storage/invariants/assigned-metadata.ts';
import { insertTombstones } from '../../storage/entitlements/entitlement-tombstones.ts';
import { getMetadataAttribute } from './attributes.ts';
import { createStandardAttributes } from './standard-attributes.ts';

interface Given {
  readonly key: string;
  readonly name: string;
  readonly values?: readonly object[];
}

const metadata = (...attributes: readonly Given[]): string => JSON.stringify({ attributes });

describeStorage('metadata that entitlements had before there were attributes', (database) => {
  test('gets attributes and values at the first start, and none is lost', async () => {
    const source = await addSource(database(), 'Directory', { group: null });
    const given = [
      metadata({ key: 'iscRisk', name: 'Risk', values: [{ value: 'extreme', name: 'Extreme' }, { value: 'low' }] }),
      metadata({ key: 'tier', name: 'Risk', values: [{ value: 'Tier 1' }, { value: 'Tier 2' }] }),
      metadata({ key: 'Tier', name: 'Tier', values: [{ value: 'Tier 3' }] }, { key: 'empty', name: 'Nothing' }),
      metadata({ key: 'a/b '.repeat(1000), name: ' ', values: [{ value: 'x/y' }] }),
      null,
    ];
    const ids = await addEntitlements(
      database(),
      given.map((text, index) => ({ source_id: source, value: `v${index}`, access_model_metadata: text })),
    );
    const [, inTiers = '', inThird = '', inStrange = ''] = ids;
    const [former = ''] = await addEntitlements(database(), [
      {
        source_id: source,
        value: 'former',
        access_model_metadata: metadata({ key: 'TIER', name: 'Old', values: [{ value: 'Tier 0' }] }),
      },
    ]);
    await database().write(async (transaction) => {
      const rows = await transaction.query.selectFrom('entitlement').selectAll().where('id', '=', former).execute();
      await insertTombstones(transaction, rows, new Map([[former, ['p']]]), null, 1);
      await transaction.query.deleteFrom('entitlement').where('id', '=', former).execute();
    });
    expect(await assignedMetadata.violations(database().keyed)).not.toEqual([]);

    await createStandardAttributes(database());
    expect(await assignedMetadata.violations(database().keyed)).toEqual([]);
    const risk = await getMetadataAttribute(database(), 'iscRisk');
    expect(risk).toMatchObject({ type: 'governance', name: 'Risk', multiselect: false });
    expect(risk.values.map(({ name }) => name)).toEqual(['Critical', 'High', 'Medium', 'Low', 'Extreme']);

    // Keys that differ only in case are one attribute. Its name is the first that no other has.
    const stored = async (id: string) => {
      const columns = ['access_model_metadata as metadata', 'version'] as const;
      const query = database().keyed.query.selectFrom('entitlement').select(columns).where('id', '=', id);
      const row = await query.executeTakeFirstOrThrow();
      return { version: row.version, attributes: JSON.parse(row.metadata ?? '{}').attributes };
    };
    const [{ key = '' } = {}] = (await stored(inTiers)).attributes;
    expect(key.toLowerCase()).toBe('tier');
    const tier = await getMetadataAttribute(database(), key);
    expect(tier).toMatchObject({ type: 'custom', multiselect: true, objectTypes: ['general'] });
    expect(tier.values.map(({ value }) => value).toSorted()).toEqual(['Tier 0', 'Tier 1', 'Tier 2', 'Tier 3']);
    expect((await stored(inThird)).attributes).toContainEqual(
      expect.objectContaining({ key, values: [{ value: 'Tier 3' }] }),
    );
    const tombstone = await database()
      .keyed.query.selectFrom('entitlement_tombstone')
      .select('entitlement')
      .where('id', '=', former)
      .executeTakeFirstOrThrow();
    const { access_model_metadata: kept, parents } = JSON.parse(tombstone.entitlement);
    expect([JSON.parse(kept).attributes[0].key, parents]).toEqual([key, ['p']]);

    // A key that no attribute can have is replaced with one like it, which is recorded.
    const strange = await stored(inStrange);
    expect(strange).toMatchObject({ version: 2, attributes: [{ values: [{ value: 'x/y' }] }] });
    expect(strange.attributes[0].key).toMatch(/^a-b-a-b-.*-[0-9a-f]{12}$/);
    expect(await changesOf(database(), inStrange)).toMatchObject([
      { kind: 'updated', after: expect.stringContaining(strange.attributes[0].key) },
    ]);
    const count = async () =>
      (await database().keyed.query.selectFrom('metadata_attribute').select('id').execute()).length;
    const before = await count();
    await createStandardAttributes(database());
    expect(await count()).toBe(before);
  });
});
