import { beforeAll, expect, test } from 'vitest';
import { describeStorage } from '../../../tests/support/engines.ts';
import type { Condition } from '../../list-query.ts';
import { findChanges } from '../../storage/changes/change-lists.ts';
import {
  changeMetadataAttribute,
  createMetadataAttribute,
  getMetadataAttribute,
  listMetadataAttributes,
} from './attributes.ts';
import { createStandardAttributes } from './standard-attributes.ts';
import { changeMetadataValue, createMetadataValue } from './values.ts';

const context = { actorId: null, clientId: 'c', taskId: null, trackingId: null };
const options = { ifMatch: undefined, context };
const all = { condition: undefined, sorts: [], offset: 0, limit: 250, after: undefined, count: true };

describeStorage('metadata attributes', (database) => {
  beforeAll(() => createStandardAttributes(database()));
  const list = async (condition?: Condition, field?: string): Promise<string[]> => {
    const sorts = field === undefined ? [] : [{ field, descending: true }];
    const { attributes, total } = await listMetadataAttributes(database(), { ...all, condition, sorts });
    expect(total).toBe(attributes.length);
    return attributes.map(({ key }) => key);
  };
  const where = (field: string, value: string): Condition => ({ kind: 'test', field, operator: 'eq', values: [value] });

  test('the standard ones exist from the start and are not created again', async () => {
    const before = await list();
    expect(before).toHaveLength(12);
    await createStandardAttributes(database());
    expect(await list()).toEqual(before);
    expect(await getMetadataAttribute(database(), 'iscRisk')).toMatchObject({ type: 'governance', version: 1 });
    await expect(getMetadataAttribute(database(), 'iscrisk')).rejects.toThrow(
      'no metadata attribute with id "iscrisk"',
    );
  });

  test('are created, found by every filter, and recorded', async () => {
    const input = { name: 'Back Office', objectTypes: ['ENTITLEMENT', 'role'], values: [{ name: 'Accounts Payable' }] };
    const made = await createMetadataAttribute(database(), input, context);
    expect(made).toMatchObject({
      key: 'backOffice',
      multiselect: false,
      objectTypes: ['entitlement', 'role'],
      values: [{ value: 'accountsPayable', name: 'Accounts Payable', status: 'active' }],
    });
    for (const filter of [where('key', 'BACKOFFICE'), where('name', 'back office'), where('type', 'CUSTOM')]) {
      expect(await list(filter)).toEqual(['backOffice']);
    }
    expect(await list(where('objectTypes', 'Role'))).toEqual(['backOffice']);
    expect(
      await list({ kind: 'and', conditions: [where('status', 'active'), where('objectTypes', 'general')] }),
    ).toHaveLength(12);
    expect(await list({ kind: 'not', condition: where('type', 'governance') })).toEqual(['backOffice']);
    expect((await list(undefined, 'name')).slice(0, 2)).toEqual(['iscRisk', 'iscRequiresTraining']);
    expect((await list(undefined, 'key')).at(-1)).toBe('backOffice');
    const condition = where('objectId', 'BackOffice');
    const changes = await findChanges(database().scan, { ...all, condition });
    expect(changes).toMatchObject([{ objectType: 'METADATA_ATTRIBUTE', objectId: 'backoffice', kind: 'created' }]);
  });

  test('have unique keys and names', async () => {
    const create = (input: object): Promise<unknown> =>
      createMetadataAttribute(database(), { name: 'x', ...input }, context);
    await expect(create({ name: 'Back-office' })).rejects.toThrow(
      'A metadata attribute with key "backOffice" already exists.',
    );
    await expect(create({ name: 'RISK' })).rejects.toThrow('A metadata attribute with name "RISK" already exists.');
    await expect(create({ key: 'iscNew' })).rejects.toThrow('are those of the standard attributes');
    const rename = changeMetadataAttribute(database(), 'backOffice', (one) => ({ ...one, name: 'privacy' }), options);
    await expect(rename).rejects.toThrow('A metadata attribute with name "privacy" already exists.');
    const both = await Promise.allSettled([create({ name: 'Twin' }), create({ name: 'twin' })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('have values with unique keys and names, ignoring case', async () => {
    const input = { name: 'Payments', values: [{ name: 'Payroll' }, { name: 'Other' }] };
    await createMetadataAttribute(database(), input, context);
    const add = (value: object): Promise<unknown> =>
      createMetadataValue(database(), 'payments', { name: 'p', ...value }, options);
    const rename = (value: string, name: string): Promise<unknown> =>
      changeMetadataValue(database(), 'payments', value, () => ({ name }), options);
    const replace = (...added: object[]): Promise<unknown> =>
      changeMetadataAttribute(
        database(),
        'payments',
        (one) => ({ ...one, values: [...added, ...one.values] }),
        options,
      );
    for (const [attempt, field, text] of [
      [() => add({ value: 'Payroll' }), 'value', 'Payroll'],
      [() => add({ name: 'PAYROLL', value: 'x' }), 'name', 'PAYROLL'],
      [() => rename('other', 'payRoll'), 'name', 'payRoll'],
      [() => replace({ name: 'p', value: 'PAYROLL' }), 'value', 'payroll'],
      [() => replace({ name: 'payroll', value: 'x' }), 'name', 'Payroll'],
    ] as const) {
      await expect(attempt()).rejects.toMatchObject({
        status: 400,
        detailCode: '400.1.409 Reference conflict',
        message: expect.stringContaining(`with ${field} "${text}" already exists.`),
      });
    }
    for (const [values, reason] of [
      [[{ name: 'a' }, { name: 'b', value: 'A' }], 'values with the value "A" twice, ignoring case'],
      [[{ name: 'a' }, { name: 'A', value: 'b' }], 'values with the name "A" twice, ignoring case'],
    ] as const) {
      await expect(createMetadataAttribute(database(), { name: 'Alike', values }, context)).rejects.toThrow(reason);
    }
    // The case of a value's own name can be changed.
    expect(await rename('payroll', 'PAYROLL')).toMatchObject({ value: { value: 'payroll', name: 'PAYROLL' } });
    expect((await getMetadataAttribute(database(), 'payments')).values).toHaveLength(2);
  });

  test('gain and rename values, but lose none', async () => {
    const { value, version } = await createMetadataValue(database(), 'iscRisk', { name: 'Very High' }, options);
    expect([value, version]).toEqual([{ value: 'veryHigh', name: 'Very High', status: 'active' }, 2]);
    await expect(createMetadataValue(database(), 'iscRisk', { name: 'very high' }, options)).rejects.toThrow(
      'already exists',
    );
    const renamed = await changeMetadataValue(database(), 'iscRisk', 'veryHigh', () => ({ name: 'Extreme' }), options);
    expect(renamed).toEqual({ value: { ...value, name: 'Extreme' }, version: 3 });
    const lose = changeMetadataAttribute(
      database(),
      'iscRisk',
      (one) => ({ ...one, values: one.values.slice(1) }),
      options,
    );
    await expect(lose).rejects.toThrow('Field "values" lacks the value "critical"');
    const same = await changeMetadataAttribute(database(), 'iscRisk', (one) => one, options);
    expect(same.version).toBe(3);
    const stale = changeMetadataAttribute(database(), 'iscRisk', (one) => one, { ...options, ifMatch: 1 });
    await expect(stale).rejects.toThrow('If-Match is');
  });
});
