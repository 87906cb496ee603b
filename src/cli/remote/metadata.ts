import type { AttributeDTO, AttributeValueDTO } from '../../client/operations.ts';
import { CommandFailure } from '../exit-codes.ts';
import { asEtag, type GivenFields, objectFrom, patchFrom } from './given-fields.ts';
import { type ListFlags, pagesByOffset, showList } from './list.ts';
import { write, writeJson } from './output.ts';
import { openClient, type RemoteFlags, showObject } from './session.ts';

type ChangeFlags = RemoteFlags & GivenFields & { readonly ifMatch?: string };

/** `muniment metadata list` */
export async function listAttributes(flags: ListFlags): Promise<void> {
  const client = openClient(flags);
  const { filters, sorters } = flags;
  await showList<AttributeDTO>(
    flags,
    [
      { heading: 'NAME', cell: ({ name }) => name },
      { heading: 'TYPE', cell: ({ type }) => type },
      { heading: 'MULTISELECT', cell: ({ multiselect }) => String(multiselect) },
      { heading: 'VALUES', cell: ({ values }) => values.map(({ value }) => value).join(' ') },
      { heading: 'KEY', cell: ({ key }) => key, isWhole: true },
    ],
    pagesByOffset(flags, async (page) => {
      return (await client.call('listAccessModelMetadataAttribute', { query: { filters, sorters, ...page } })).body;
    }),
  );
}

/** `muniment metadata get KEY`: the attribute with its values, and its ETag for `--if-match`. */
export async function getAttribute(key: string, flags: RemoteFlags): Promise<void> {
  const { body, etag } = await openClient(flags).call('getAccessModelMetadataAttribute', { path: { key } });
  await showObject(flags, { ...body, etag });
}

/** `muniment metadata create` */
export async function createAttribute(flags: RemoteFlags & GivenFields): Promise<void> {
  const body = (await objectFrom(flags)) as never;
  const answer = await openClient(flags).call('createAccessModelMetadataAttribute', { body });
  await showObject(flags, { ...answer.body, etag: answer.etag });
}

/** `muniment metadata patch KEY` */
export async function patchAttribute(key: string, flags: ChangeFlags): Promise<void> {
  const body = await patchFrom(flags);
  const answer = await openClient(flags).call(
    'updateAccessModelMetadataAttribute',
    { path: { key }, body },
    { ifMatch: asEtag(flags.ifMatch) },
  );
  await showObject(flags, { ...answer.body, etag: answer.etag });
}

/** `muniment metadata values KEY` */
export async function listValues(key: string, flags: ListFlags): Promise<void> {
  const client = openClient(flags);
  await showList<AttributeValueDTO>(
    flags,
    [
      { heading: 'NAME', cell: ({ name }) => name },
      { heading: 'VALUE', cell: ({ value }) => value, isWhole: true },
    ],
    pagesByOffset(flags, async (query) => {
      return (await client.call('listAccessModelMetadataAttributeValue', { path: { key }, query })).body;
    }),
  );
}

/** `muniment metadata add-value KEY NAME` */
export async function addValue(
  key: string,
  name: string,
  flags: RemoteFlags & { readonly value?: string },
): Promise<void> {
  const { body } = await openClient(flags).call('createAccessModelMetadataAttributeValue', {
    path: { key },
    body: { name, ...(flags.value === undefined ? {} : { value: flags.value }) },
  });
  await showObject(flags, body);
}

/** `muniment metadata rename-value KEY VALUE NAME` */
export async function renameValue(key: string, value: string, name: string, flags: RemoteFlags): Promise<void> {
  const { body } = await openClient(flags).call('updateAccessModelMetadataAttributeValue', {
    path: { key, value },
    body: [{ op: 'replace', path: '/name', value: name }],
  });
  await showObject(flags, body);
}

/** `muniment metadata assign ID KEY VALUE`: shows the entitlement as it is then. */
export async function assignValue(id: string, key: string, value: string, flags: RemoteFlags): Promise<void> {
  const { body } = await openClient(flags).call('createAccessModelMetadataForEntitlement', {
    path: { id, attributeKey: key, attributeValue: value },
  });
  await showObject(flags, body);
}

/** `muniment metadata unassign ID KEY VALUE` */
export async function unassignValue(id: string, key: string, value: string, flags: RemoteFlags): Promise<void> {
  await openClient(flags).call('deleteAccessModelMetadataFromEntitlement', {
    path: { id, attributeKey: key, attributeValue: value },
  });
  await (flags.json === true ? writeJson({ id, key, value }) : write(`${id} no longer has ${key}=${value}.\n`));
}

interface UpdateFlags extends RemoteFlags {
  readonly filters?: string;
  readonly id?: readonly string[];
  readonly scope?: string;
}

/** `muniment metadata update OPERATION KEY=VALUE…`: requests a bulk update and prints the id of its task. */
export async function updateMetadata(
  operation: string,
  assignments: readonly string[],
  flags: UpdateFlags,
): Promise<void> {
  const { filters, id: entitlements, scope } = flags;
  const change = { operation, replaceScope: scope ?? null, values: valuesOf(assignments) };
  const client = openClient(flags);
  if ((filters === undefined) === (entitlements === undefined)) {
    throw new CommandFailure('wrongUse', 'Add --filters FILTER, or --id ID (repeatable).');
  }
  const { body } =
    filters === undefined
      ? await client.call('updateAccessModelMetadataByIds', {
          body: { entitlements: [...(entitlements ?? [])], ...change },
        })
      : await client.call('updateAccessModelMetadataByFilter', { body: { filters, ...change } });
  await (flags.json === true ? writeJson(body) : write(`Task ${body.id} was queued: muniment tasks wait ${body.id}\n`));
}

/** Groups `KEY=VALUE` by key; `KEY=` stands for the attribute without a value. */
export function valuesOf(assignments: readonly string[]): { attribute: string; values: string[] }[] {
  const byKey = new Map<string, string[]>();
  for (const text of assignments) {
    const [, key = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (key === '') {
      throw new CommandFailure(
        'wrongUse',
        `"${text}" must be KEY=VALUE, such as iscRisk=high. For remove and replace, KEY= stands for all values of the attribute.`,
      );
    }
    byKey.set(key, [...(byKey.get(key) ?? []), ...(value === '' ? [] : [value])]);
  }
  return [...byKey].map(([attribute, values]) => ({ attribute, values }));
}
