import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { changesOf } from '../../../tests/support/changes.ts';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { connectorList } from '../../connectors/index.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import { createEntitlements } from '../../storage/entitlements/entitlement-aggregation.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { newId } from '../ids.ts';
import { applyPatch } from '../json-patch.ts';
import { importSchemaTemplate, schemaTemplate } from './schema-templates.ts';
import { deleteSourceData } from '../removal/source-deletion.ts';
import {
  createSchema,
  deleteSchema,
  getSchema,
  listSchemas,
  patchSchema,
  replaceSchema,
  selectSchemas,
  type SourceSchema,
} from './source-schemas.ts';
import type { SchemaInput } from './schema-document.ts';
import { createSource, getSource, type SourceParts } from './sources.ts';

const context: ChangeContext = { actorId: 'someone', clientId: null, taskId: null, trackingId: null };
const options = { ifMatch: undefined, context };

describeStorage('schemas of sources', (database) => {
  const parts = (): SourceParts => ({ database: database(), connectors: connectorList.connectors });
  const folder = mkdtempSync(join(tmpdir(), 'muniment-templates-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  let made = 0;
  async function newSource(connectorAttributes: Record<string, unknown> = {}): Promise<string> {
    made += 1;
    const input = { name: `Source ${made}`, owner: null, connectorAttributes };
    return (await createSource(parts(), input, true, context)).id;
  }

  async function schemaNamed(sourceId: string, name: string): Promise<SourceSchema> {
    const schema = (await listSchemas(database(), sourceId)).find((candidate) => candidate.name === name);
    if (schema === undefined) {
      throw new Error(`There is no schema ${name}.`);
    }
    return schema;
  }

  function create(sourceId: string, input: SchemaInput) {
    return createSchema(database(), sourceId, input, context);
  }

  function patch(schema: SourceSchema, operations: readonly unknown[], ifMatch?: number) {
    return patchSchema(
      database(),
      schema.sourceId,
      schema.id,
      (document) => applyPatch<SchemaInput>(document, operations),
      { ifMatch, context },
    );
  }

  async function addEntitlements(sourceId: string, type: string, values: readonly string[]): Promise<void> {
    const truths = values.map((value) => ({
      value,
      displayName: null,
      description: null,
      privilege: null,
      attributes: '{}',
      permissions: null,
      parents: ['parent'],
      fingerprint: 'f',
    }));
    await database().write((transaction) =>
      createEntitlements(transaction, { sourceId, type }, truths, values.map(newId), context, Date.now()),
    );
  }

  test('the default schemas are those of ISC', async () => {
    const [account, group] = await listSchemas(database(), await newSource());
    expect(account).toMatchObject({
      name: 'account',
      nativeObjectType: 'User',
      identityAttribute: 'id',
      displayAttribute: 'name',
      accountAttribute: null,
    });
    expect(account?.attributes.map(({ name }) => name).join()).toBe(
      'id,name,givenName,familyName,e-mail,location,manager,groups',
    );
    expect(account?.attributes.at(-1)).toMatchObject({
      schema: { id: group?.id },
      isMulti: true,
      isEntitlement: true,
      isGroup: true,
    });
    expect(group).toMatchObject({
      name: 'group',
      identityAttribute: 'id',
      displayAttribute: 'name',
      accountAttribute: 'groups',
    });
  });

  test('creates, gets and lists a schema', async () => {
    const sourceId = await newSource();
    const before = await getSource(database(), sourceId);
    const { schema } = await create(sourceId, {
      name: 'role',
      nativeObjectType: 'Role',
      identityAttribute: 'code',
      hierarchyAttribute: 'parents',
      includePermissions: true,
      attributes: [
        { name: 'code' },
        { name: 'parents', isMulti: true, schema: { name: 'role' } },
        { name: 'level', type: 'INT', description: 'How high' },
      ],
    });
    expect(schema).toMatchObject({
      displayAttribute: null,
      features: [],
      attributes: [{ type: 'STRING' }, { schema: { id: schema.id } }, { type: 'INT', nativeName: null }],
      version: 1,
    });
    expect((await getSchema(database(), sourceId, schema.id)).schema).toEqual(schema);
    expect(await getSource(database(), sourceId)).toMatchObject({
      version: before.version + 1,
      schemas: [{ name: 'account' }, { name: 'group' }, { id: schema.id, name: 'role' }],
    });
    const names = async (selection: Parameters<typeof selectSchemas>[2]): Promise<string> =>
      (await selectSchemas(database(), sourceId, selection)).selected.map(({ name }) => name).join();
    expect(await names({})).toBe('account,group,role');
    expect(await names({ type: 'group' })).toBe('group,role');
    expect(await names({ type: 'user' })).toBe('account');
    expect(await names({ names: ['role', 'account', 'nothing'] })).toBe('account,role');
    await expect(names({}).then(() => selectSchemas(database(), 'nothing', {}))).rejects.toThrow('no source with id');
    await expect(getSchema(database(), sourceId, 'nothing')).rejects.toThrow('no schema with id "nothing"');
  });

  test.each<[string, SchemaInput]>([
    ['Field "name" is required', {}],
    ['Field "name" is ""', { name: '' }],
    ['The source already has a schema "group"', { name: 'GROUP' }],
    [
      'Field "identityAttribute" is "id". It must be one of the schema\'s attributes: code',
      { name: 'a', identityAttribute: 'id', attributes: [{ name: 'code' }] },
    ],
    ['Field "displayAttribute" is "x"', { name: 'a', displayAttribute: 'x' }],
    ['Field "hierarchyAttribute" is "x"', { name: 'a', hierarchyAttribute: 'x' }],
    [
      'Field "attributes.1.name" is "x", which is also the name of another',
      { name: 'a', attributes: [{ name: 'x' }, { name: 'x' }] },
    ],
    ['Field "attributes.0.name" is " "', { name: 'a', attributes: [{ name: ' ' }] }],
    [
      'Field "attributes.0.schema" is {"name":"nothing"}. It must name a schema of this source: "account"',
      { name: 'a', attributes: [{ name: 'x', schema: { name: 'nothing' } }] },
    ],
    ['Field "attributes.0.schema" names no schema', { name: 'a', attributes: [{ name: 'x', schema: {} }] }],
    ['"configuration.x" contains a NUL', { name: 'a', configuration: { x: '\0' } }],
  ])('%s', async (text, input) => {
    await expect(create(await newSource(), input)).rejects.toThrow(text);
  });

  test('an account schema has no hierarchy', async () => {
    const account = await schemaNamed(await newSource(), 'account');
    await expect(patch(account, [{ op: 'replace', path: '/hierarchyAttribute', value: 'manager' }])).rejects.toThrow(
      '"hierarchyAttribute" is "manager". It must be null',
    );
  });

  test('the account attribute of a group schema is derived from the links, regardless of their order', async () => {
    const sourceId = await newSource();
    const { schema: role } = await create(sourceId, { name: 'role', attributes: [{ name: 'code' }] });
    expect(role.accountAttribute).toBeNull();
    const account = await schemaNamed(sourceId, 'account');
    const attribute = {
      name: 'roles',
      schema: { type: 'CONNECTOR_SCHEMA', id: role.id, name: 'role' },
      isEntitlement: true,
    };
    await patch(account, [{ op: 'add', path: '/attributes/-', value: attribute }]);
    expect(await schemaNamed(sourceId, 'role')).toEqual({ ...role, accountAttribute: 'roles' });
    expect((await schemaNamed(sourceId, 'group')).accountAttribute).toBe('groups');
    const folded = await database()
      .keyed.query.selectFrom('source_schema')
      .select('account_attribute_folded as folded')
      .where('id', '=', role.id)
      .executeTakeFirst();
    expect(folded).toEqual({ folded: 'roles' });

    await patch(await schemaNamed(sourceId, 'account'), [
      { op: 'replace', path: '/attributes/8/isEntitlement', value: false },
    ]);
    expect((await schemaNamed(sourceId, 'role')).accountAttribute).toBeNull();
  });

  test('only visible changes count; they are recorded and check the version', async () => {
    const group = await schemaNamed(await newSource(), 'group');
    const operations = [{ op: 'replace', path: '/attributes/4/type', value: 'DATE' }];
    const { schema } = await patch(group, operations, 1);
    expect(schema).toMatchObject({ version: 2 });
    expect((await patch(group, operations)).schema).toEqual(schema);
    await expect(patch(group, operations, 1)).rejects.toThrow('the current version is "2"');
    const changes = await changesOf(database(), group.id);
    expect(changes.map(({ objectType, kind }) => `${objectType} ${kind}`)).toEqual([
      'CONNECTOR_SCHEMA created',
      'CONNECTOR_SCHEMA updated',
    ]);
  });

  test('id, name, created and modified are immutable', async () => {
    const group = await schemaNamed(await newSource(), 'group');
    const replace = (input: SchemaInput) => replaceSchema(database(), group.sourceId, group.id, input, options);
    for (const field of ['id', 'name', 'created', 'modified']) {
      await expect(replace({ [field]: '2020' })).rejects.toThrow(`Field "${field}" of a schema cannot be changed`);
    }
    await expect(replace({ name: 'other' })).rejects.toThrow('Create a schema with the new name');
    const { schema } = await replace({ id: group.id, name: 'group', attributes: [{ name: 'code' }] });
    expect(schema).toMatchObject({ identityAttribute: null, attributes: [{ name: 'code' }], version: 2 });
  });

  test('the key of a schema with entitlements cannot change', async () => {
    const sourceId = await newSource();
    const schema = await schemaNamed(sourceId, 'group');
    const file = join(folder, 'other-key.csv');
    writeFileSync(file, 'name,description\n');
    const changes = [
      () => patch(schema, [{ op: 'replace', path: '/identityAttribute', value: 'name' }]),
      () => patch(schema, [{ op: 'remove', path: '/identityAttribute' }]),
      () =>
        replaceSchema(
          database(),
          sourceId,
          schema.id,
          { attributes: [{ name: 'key' }], identityAttribute: 'key' },
          options,
        ),
      () => importSchemaTemplate(parts(), sourceId, { kind: 'group', schemaName: undefined }, file, context),
    ];
    await addEntitlements(sourceId, 'group', ['a']);
    for (const change of changes) {
      await expect(change()).rejects.toThrow(
        /^Field "identityAttribute" of schema "group" cannot become ("name"|null|"key"): the source has 1 entitlement of this type, and the next file would create all of them a second time\. Keep the key column "id", or create a new schema\.$/,
      );
    }
    expect(await schemaNamed(sourceId, 'group')).toEqual(schema);
    writeFileSync(file, 'id,colour\n');
    await importSchemaTemplate(parts(), sourceId, { kind: 'group', schemaName: undefined }, file, context);
    await database().write(async ({ query }) => {
      await query.deleteFrom('entitlement').where('source_id', '=', sourceId).execute();
    });
    writeFileSync(file, 'name,description\n');
    await importSchemaTemplate(parts(), sourceId, { kind: 'group', schemaName: undefined }, file, context);
    expect((await schemaNamed(sourceId, 'group')).identityAttribute).toBe('name');
  });

  test('a schema without entitlements can be deleted, which removes links to it', async () => {
    const sourceId = await newSource();
    const group = await schemaNamed(sourceId, 'group');
    await addEntitlements(sourceId, 'group', ['a', 'b']);
    await expect(deleteSchema(database(), sourceId, group.id, options)).rejects.toThrow(
      'the source has 2 entitlements',
    );
    await database().write(async (transaction) => {
      await transaction.query.deleteFrom('entitlement').where('source_id', '=', sourceId).execute();
    });
    await expect(deleteSchema(database(), sourceId, group.id, { ifMatch: 7, context })).rejects.toThrow(
      'current version',
    );
    await deleteSchema(database(), sourceId, group.id, options);
    const [account, ...others] = await listSchemas(database(), sourceId);
    expect(others).toEqual([]);
    expect(account?.attributes.at(-1)).toMatchObject({ name: 'groups', schema: null });
    await expect(deleteSchema(database(), sourceId, group.id, options)).rejects.toThrow('no schema with id');
  });

  describe('templates', () => {
    function importText(sourceId: string, text: string, schemaName?: string) {
      const file = join(folder, newId());
      writeFileSync(file, text);
      return importSchemaTemplate(parts(), sourceId, { kind: 'group', schemaName }, file, context);
    }
    const group = { kind: 'group', schemaName: undefined } as const;

    test('the template of a schema is its header', async () => {
      const sourceId = await newSource({ 'group.delimiter': ';' });
      expect(await schemaTemplate(parts(), sourceId, { kind: 'account' })).toBe(
        'id,name,givenName,familyName,e-mail,location,manager,groups\n',
      );
      expect(await schemaTemplate(parts(), sourceId, group)).toBe(
        'id;name;displayName;created;description;modified;entitlements;groups;permissions\n',
      );
      await expect(schemaTemplate(parts(), sourceId, { kind: 'group', schemaName: 'role' })).rejects.toThrow(
        '"schemaName" is "role". It must name a group schema of the source; it has "account", "group"',
      );
      await expect(schemaTemplate(parts(), sourceId, { kind: 'group', schemaName: 'account' })).rejects.toThrow(
        'schemas/accounts',
      );
    });

    test('columns become attributes; known ones are kept', async () => {
      const sourceId = await newSource();
      const { schema } = await importText(sourceId, '\uFEFFcode,"display, name",groups\r\nrows,are,ignored\r\n');
      expect(schema).toMatchObject({
        name: 'group',
        identityAttribute: 'code',
        displayAttribute: 'code',
        attributes: [
          { name: 'code', type: 'STRING', isMulti: false },
          { name: 'display, name' },
          { name: 'groups', isMulti: true },
        ],
      });
      expect(await schemaTemplate(parts(), sourceId, group)).toBe('code,"display, name",groups\n');
    });

    test('a missing schema is created', async () => {
      const sourceId = await newSource();
      const { schema } = await importText(sourceId, 'code,name\n', 'role');
      expect(schema).toMatchObject({
        name: 'role',
        nativeObjectType: 'role',
        identityAttribute: 'code',
        displayAttribute: 'name',
        version: 1,
      });
      await deleteSchema(database(), sourceId, (await schemaNamed(sourceId, 'group')).id, options);
      expect(await schemaTemplate(parts(), sourceId, group)).toBe('code,name\n');
      await importText(sourceId, 'key,name\n', 'profile');
      await expect(schemaTemplate(parts(), sourceId, group)).rejects.toThrow('several group schemas, role, profile');
    });

    test.each([
      ['cannot be read', ''],
      ['cannot be read', 'a,,b\n'],
      ['cannot be read', 'a,a\n'],
      ['split at ","', 'a;b;c\n'],
    ])('%s: %j', async (text, content) => {
      await expect(importText(await newSource(), content)).rejects.toThrow(text);
    });
  });

  test('a source is deleted with all its objects, in batches', async () => {
    const sourceId = await newSource();
    const otherId = await newSource();
    const values = Array.from({ length: 1100 }, (_, index) => `value ${index}`);
    await addEntitlements(sourceId, 'group', values);
    await addEntitlements(otherId, 'group', ['stays']);
    const [first] = await database()
      .keyed.query.selectFrom('entitlement')
      .selectAll()
      .where('source_id', '=', sourceId)
      .limit(1)
      .execute();
    await database().write(async (transaction) => {
      const { query } = transaction;
      await query
        .insertInto('account_entitlement')
        .values({ account_id: 'a', entitlement_id: first?.id ?? '' })
        .execute();
      const tombstone = {
        id: newId(),
        source_id: sourceId,
        type: 'group',
        value: 'gone',
        deleted: 1,
        task_id: null,
        entitlement: '{}',
      };
      await query.insertInto('entitlement_tombstone').values(tombstone).execute();
    });
    const progress: number[] = [];
    const done = await deleteSourceData(database(), sourceId, context, ({ entitlementsDeleted }) => {
      progress.push(entitlementsDeleted);
    });
    expect(done).toEqual({ accountsDeleted: 0, entitlementsDeleted: 1100 });
    expect(progress).toEqual([500, 1000, 1100]);
    await expect(getSource(database(), sourceId)).rejects.toThrow('no source with id');
    for (const table of ['source_schema', 'entitlement', 'entitlement_parent', 'entitlement_tombstone'] as const) {
      const rows = await database()
        .keyed.query.selectFrom(table)
        .selectAll()
        .where('source_id', '=', sourceId)
        .execute();
      expect([table, rows]).toEqual([table, []]);
    }
    const holders = await database()
      .keyed.query.selectFrom('account_entitlement')
      .selectAll()
      .where('entitlement_id', '=', first?.id ?? '')
      .execute();
    expect(holders).toEqual([]);
    const kept = await database()
      .keyed.query.selectFrom('entitlement')
      .select('value')
      .where('source_id', '=', otherId)
      .execute();
    expect(kept).toEqual([{ value: 'stays' }]);
    const recorded = (await changesOf(database(), sourceId, first?.id ?? '')).filter(({ kind }) => kind === 'deleted');
    expect(recorded.map(({ objectType }) => objectType).toSorted()).toEqual(['ENTITLEMENT', 'SOURCE']);
    expect(await deleteSourceData(database(), sourceId, context)).toEqual({
      accountsDeleted: 0,
      entitlementsDeleted: 0,
    });
  });

  test('schemas created concurrently are all kept', async () => {
    const sourceId = await newSource();
    const outcomes = await Promise.allSettled(['a', 'b', 'A'].map((name) => create(sourceId, { name })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect((await getSource(database(), sourceId)).schemas).toHaveLength(4);
  });
});
