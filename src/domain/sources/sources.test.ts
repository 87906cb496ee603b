import { beforeAll, expect, test } from 'vitest';
import { connectorList } from '../../connectors/index.ts';
import { changesOf } from '../../../tests/support/changes.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import type { ListQuery, Operator, Value } from '../../list-query.ts';
import { insertIdentity } from '../../storage/identities/identities.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { governanceGroups } from '../governance-groups/governance-groups.ts';
import { newId } from '../ids.ts';
import { applyPatch } from '../json-patch.ts';
import { createRecord } from '../resources/resource.ts';
import {
  countSources,
  createSource,
  getSource,
  listSources,
  patchSource,
  replaceSource,
  setSourceStatus,
  type SourceInput,
  type SourceParts,
} from './sources.ts';

const context: ChangeContext = { actorId: 'someone', clientId: null, taskId: null, trackingId: null };
const options = { ifMatch: undefined, context };
const query: ListQuery = { condition: undefined, sorts: [], offset: 0, limit: 250, after: undefined, count: false };

describeStorage('sources', (database) => {
  const parts = (): SourceParts => ({ database: database(), connectors: connectorList.connectors });
  const ownerId = newId();
  const otherOwnerId = newId();

  beforeAll(async () => {
    await database().write(async (transaction) => {
      for (const [id, name] of [
        [ownerId, 'Alice Ashworth'],
        [otherOwnerId, 'Bela Bramley'],
      ] as const) {
        await insertIdentity(transaction, {
          id,
          alias: name.toLowerCase().replace(' ', '.'),
          name,
          email: null,
          attributes: {},
          capabilities: [],
          created: 1,
          modified: 1,
          version: 1,
        });
      }
    });
  });

  function create(name: string, more: Partial<SourceInput> = {}, asCsv = false) {
    const input = { name, owner: { id: ownerId }, connector: 'delimited-file-angularsc', ...more };
    return createSource(parts(), input, asCsv, context);
  }

  async function recordedOf(id: string): Promise<{ kind: string; before: unknown; after: unknown }[]> {
    const rows = await changesOf(database(), id);
    return rows.map(({ kind, before, after }) => ({
      kind,
      before: JSON.parse(before ?? 'null'),
      after: JSON.parse(after ?? 'null'),
    }));
  }

  function patch(id: string, operations: readonly unknown[]) {
    return patchSource(parts(), id, (document) => applyPatch<SourceInput>(document, operations), options);
  }

  test('a new source of delimited files has the defaults of ISC', async () => {
    const made = await create('Directory', { description: 'All groups', cluster: { type: 'CLUSTER', id: 'c1' } });
    expect(await getSource(database(), made.id)).toEqual(made);
    expect(made).toMatchObject({
      type: 'DelimitedFile',
      connector: 'delimited-file-angularsc',
      connectorName: 'Delimited File',
      connectionType: 'file',
      status: 'SOURCE_STATE_UNCHECKED_SOURCE_NO_ACCOUNTS',
      healthy: false,
      authoritative: false,
      owner: { id: ownerId, name: 'Alice Ashworth' },
      deleteThreshold: null,
      details: { cluster: { type: 'CLUSTER', id: 'c1' }, connectorClass: 'sailpoint.connector.DelimitedFileConnector' },
      version: 1,
    });
    expect(made.schemas.map(({ name }) => name)).toEqual(['account', 'group']);
    expect(await recordedOf(made.id)).toMatchObject([{ kind: 'created', before: null, after: { name: 'Directory' } }]);
    expect(await recordedOf(made.schemas[1]?.id ?? '')).toMatchObject([{ kind: 'created', after: { name: 'group' } }]);
  });

  test('provisionAsCsv sets the connector', async () => {
    const made = await create('Filled in', { connector: 'anything' }, true);
    expect(made.connector).toBe('delimited-file-angularsc');
  });

  test('an invalid new source is rejected with the reason', async () => {
    await create('Taken');
    await expect(create('tAKEN')).rejects.toThrow('with name "tAKEN" already exists');
    await expect(create(' ')).rejects.toThrow('"name" is " "');
    await expect(create('a\0b')).rejects.toThrow('"name" contains a NUL');
    await expect(create('x'.repeat(3000))).rejects.toThrow('"name" has 3000 bytes');
    await expect(create('No owner', { owner: { id: 'nobody' } })).rejects.toThrow('owner "nobody" was not found');
    await expect(create('Wrong owner', { owner: { id: ownerId, name: 'Bela Bramley' } })).rejects.toThrow(
      'identity ' + ownerId + ' is called "Alice Ashworth"',
    );
    await expect(create('Other', { connector: 'ldap' })).rejects.toThrow('"connector" is "ldap". Allowed is');
    await expect(create('None', { connector: null })).rejects.toThrow('"connector" is required');
    await expect(create('Type', { type: 'LDAP' })).rejects.toThrow('"type" is "LDAP"');
    await expect(create('Bad', { connectorAttributes: { 'group.delimiter': 'ab' } })).rejects.toThrow(
      'connectorAttributes "group.delimiter" is "ab"',
    );
    const deep: unknown[] = [];
    let level = deep;
    for (let depth = 0; depth < 70; depth += 1) {
      const next: unknown[] = [];
      level.push(next);
      level = next;
    }
    await expect(create('Deep', { connectorAttributes: { deep } })).rejects.toThrow('more than 64 levels');
  });

  test('a single connector attribute can be patched, and only a visible change counts', async () => {
    const made = await create('Patched', { connectorAttributes: { a: 1, password: 'hunter2' } });
    const operations = [
      { op: 'add', path: '/connectorAttributes/group.delimiter', value: ';' },
      { op: 'replace', path: '/connectorAttributes/password', value: 'hunter3' },
      { op: 'replace', path: '/deleteThreshold', value: 25 },
      { op: 'replace', path: '/owner/id', value: otherOwnerId },
    ];
    const changed = await patch(made.id, operations);
    expect(changed).toMatchObject({
      connectorAttributes: { a: 1, 'group.delimiter': ';', password: 'hunter3' },
      deleteThreshold: 25,
      owner: { id: otherOwnerId, name: 'Bela Bramley' },
      version: 2,
    });
    expect(await getSource(database(), made.id)).toEqual(changed);
    expect(await patch(made.id, operations)).toEqual(changed);
    const changes = await recordedOf(made.id);
    expect(changes).toHaveLength(2);
    expect(changes[1]).toMatchObject({ before: { deleteThreshold: null }, after: { deleteThreshold: 25 } });
    expect(JSON.stringify(changes)).not.toContain('hunter');
  });

  test('what looks like a secret is not recorded', async () => {
    const secrets = {
      password: 'hunter1',
      dbPwd: 'hunter2',
      bindPw: 'hunter3',
      apiKey: 'hunter4',
      api_key: 'hunter5',
      clientSecret: 'hunter6',
      url: 'jdbc:postgresql://app:hunter7@db/hr',
    };
    const made = await create('Secretive', {
      connectorAttributes: { ...secrets, host: 'https://db.example.com:8080/a@b' },
    });
    const recorded = JSON.stringify(await recordedOf(made.id));
    expect(recorded).not.toContain('hunter');
    expect(recorded).toContain('https://db.example.com:8080/a@b');
  });

  test('changes of immutable fields are rejected with their names', async () => {
    const made = await create('Fixed');
    for (const [field, value] of [
      ['id', 'other'],
      ['type', 'LDAP'],
      ['authoritative', true],
      ['created', '2020-01-01T00:00:00Z'],
      ['modified', '2020-01-01T00:00:00Z'],
      ['connector', 'ldap'],
      ['connectorClass', 'x'],
      ['passwordPolicies', [{ id: 'p' }]],
    ] as const) {
      const changed = { name: 'Fixed', owner: null, [field]: value };
      await expect(replaceSource(parts(), made.id, changed, options)).rejects.toThrow(
        `Field "${field}" of a source cannot be changed`,
      );
    }
    const input = { name: 'Fixed', owner: null, id: 'other', authoritative: true };
    await expect(replaceSource(parts(), made.id, input, options)).rejects.toThrow('Fields "id", "authoritative"');
    expect(await getSource(database(), made.id)).toEqual(made);
  });

  test('a source is replaced completely; fields maintained by the server are ignored', async () => {
    const made = await create('Replaced', { description: 'old', deleteThreshold: 5, category: 'HR' });
    const changed = await replaceSource(
      parts(),
      made.id,
      {
        name: 'replaced',
        owner: null,
        connector: made.connector,
        id: made.id,
        status: 'SOURCE_STATE_HEALTHY',
        created: new Date(made.created).toISOString(),
      },
      { ifMatch: 1, context },
    );
    expect(changed).toMatchObject({
      name: 'replaced',
      owner: null,
      description: null,
      deleteThreshold: null,
      category: null,
      status: made.status,
      connectorName: 'Delimited File',
      details: made.details,
      version: 2,
    });
    const again = replaceSource(parts(), made.id, { name: 'again', owner: null }, { ifMatch: 1, context });
    await expect(again).rejects.toThrow('the current version is "2"');
    await create('Neighbour');
    await expect(replaceSource(parts(), made.id, { name: 'NEIGHBOUR', owner: null }, options)).rejects.toThrow(
      'already exists',
    );
    await expect(replaceSource(parts(), 'nothing', { name: 'x', owner: null }, options)).rejects.toThrow(
      'There is no source with id "nothing"',
    );
  });

  test('the same status is written only once', async () => {
    const made = await create('Healthy');
    for (const version of [2, 2]) {
      await database().write((transaction) => setSourceStatus(transaction, made.id, 'SOURCE_STATE_HEALTHY', context));
      expect(await getSource(database(), made.id)).toMatchObject({ healthy: true, version });
    }
    expect(await recordedOf(made.id)).toHaveLength(2);
  });

  test('lists can be filtered and sorted by every documented field', async () => {
    const group = await createRecord(database(), governanceGroups, { name: 'Group' }, context);
    const made = await create('Zürich listing', {
      category: 'Listed',
      description: 'Straße',
      features: ['PROVISIONING', 'ENABLE'],
      owner: { id: otherOwnerId },
      authoritative: true,
      managementWorkgroup: { id: group.id, name: 'group' },
      accountCorrelationConfig: { type: 'ACCOUNT_CORRELATION_CONFIG', id: 'cc', name: 'Config' },
      managerCorrelationRule: { type: 'RULE', id: 'mr', name: 'Rule' },
    });
    const select = async (field: string, operator: Operator, ...values: Value[]): Promise<string[]> => {
      const asked = { kind: 'test' as const, field, operator, values };
      const only = { kind: 'test' as const, field: 'id', operator: 'eq' as const, values: [made.id] };
      const list = { ...query, condition: { kind: 'and' as const, conditions: [only, asked] } };
      const found = await listSources(database(), list);
      expect(await countSources(database(), list)).toBe(found.length);
      return found.map(({ name }) => name);
    };
    const matching: [string, Operator, ...Value[]][] = [
      ['id', 'sw', made.id.slice(0, 8)],
      ['name', 'co', 'ÜRICH'],
      ['type', 'eq', 'delimitedfile'],
      ['owner.id', 'in', ownerId, otherOwnerId],
      ['features', 'ca', 'enable', 'PROVISIONING'],
      ['features', 'co', 'VISION'],
      ['created', 'ge', made.created],
      ['modified', 'le', made.modified],
      ['managementWorkgroup.id', 'eq', group.id.toUpperCase()],
      ['description', 'sw', 'STRAß'],
      ['authoritative', 'eq', true],
      ['status', 'sw', 'source_state_unchecked'],
      ['connectionType', 'ne', 'direct'],
      ['connectorName', 'eq', 'Delimited file'],
      ['category', 'gt', 'list'],
    ];
    for (const asked of matching) {
      expect([asked[0], await select(...asked)]).toEqual([asked[0], ['Zürich listing']]);
    }
    expect(await select('healthy', 'isnull')).toEqual([]);
    expect(await select('features', 'ca', 'ENABLE', 'PROXY')).toEqual([]);

    for (const field of [
      'type',
      'owner.name',
      'healthy',
      'description',
      'accountCorrelationConfig.id',
      'accountCorrelationConfig.name',
      'managerCorrelationRule.type',
      'managerCorrelationRule.id',
      'managerCorrelationRule.name',
      'managementWorkgroup.id',
      'category',
    ]) {
      const ascending = await listSources(database(), { ...query, sorts: [{ field, descending: false }] });
      const descending = await listSources(database(), { ...query, sorts: [{ field, descending: true }] });
      expect(descending.map(({ id }) => id)).toEqual(ascending.map(({ id }) => id).toReversed());
    }
    const byConfig = await listSources(database(), {
      ...query,
      sorts: [{ field: 'accountCorrelationConfig.name', descending: true }],
      limit: 1,
    });
    expect(byConfig).toEqual([made]);
    const page = await listSources(database(), {
      ...query,
      sorts: [{ field: 'name', descending: true }],
      limit: 1,
      offset: 1,
    });
    expect(page.map(({ name }) => name)).toEqual(['Taken']);
  });
});
