import type { Answer, CallOptions, OperationName } from '../../client/client.ts';
import { asEtag, type GivenFields, objectFrom, patchFrom } from './given-fields.ts';
import { type ListFlags, pagesByOffset, showList } from './list.ts';
import { write, writeJson } from './output.ts';
import type { RemoteResource } from './resource-nouns.ts';
import { openClient, type RemoteFlags, showObject } from './session.ts';

type ConditionalFlags = RemoteFlags & { readonly ifMatch?: string };
type Shown = Readonly<Record<string, unknown>>;

/** `muniment NOUNS list` */
export async function listResources(resource: RemoteResource, flags: ListFlags): Promise<void> {
  const columns = [...resource.columns, 'id'].map((path) => ({
    heading: path.split('.')[0]?.toUpperCase() ?? '',
    cell: (row: Shown) => cellOf(row, path),
    isWhole: path === 'id',
  }));
  const { list } = resource.operations;
  await showList<Shown>(
    flags,
    columns,
    pagesByOffset(flags, async (page) => {
      const { filters, sorters } = flags;
      return (await call<readonly Shown[]>(flags, list, { query: { filters, sorters, ...page } })).body;
    }),
  );
}

/** `muniment NOUNS get ID`: the object, with its ETag for `--if-match`. */
export async function getResource({ operations }: RemoteResource, id: string, flags: RemoteFlags): Promise<void> {
  await show(flags, await call(flags, operations.get, { path: { id } }));
}

/** `muniment NOUNS create` */
export async function createResource({ operations }: RemoteResource, flags: RemoteFlags & GivenFields): Promise<void> {
  await show(flags, await call(flags, operations.create, { body: await objectFrom(flags) }));
}

/** `muniment NOUNS patch ID` */
export async function patchResource(
  { operations }: RemoteResource,
  id: string,
  flags: ConditionalFlags & GivenFields,
): Promise<void> {
  const body = await patchFrom(flags);
  await show(flags, await call(flags, operations.patch, { path: { id }, body }, { ifMatch: asEtag(flags.ifMatch) }));
}

/** `muniment NOUNS delete ID` */
export async function deleteResource(
  { operations }: RemoteResource,
  id: string,
  flags: ConditionalFlags,
): Promise<void> {
  await call(flags, operations.delete, { path: { id } }, { ifMatch: asEtag(flags.ifMatch) });
  await (flags.json === true ? writeJson({ id }) : write(`${id} is deleted.\n`));
}

/** The operations of one command have the same input and output for all kinds, which their types cannot express. */
async function call<T = Shown>(
  flags: RemoteFlags,
  name: OperationName,
  input: object,
  options: CallOptions = {},
): Promise<Answer<T>> {
  return (await openClient(flags).call(name, input as never, options)) as Answer<T>;
}

async function show(flags: RemoteFlags, { body, etag }: Answer<Shown>): Promise<void> {
  await showObject(flags, { ...body, etag });
}

function cellOf(row: Shown, path: string): string | undefined {
  const value = path.split('.').reduce<unknown>((at, step) => Object(at)[step], row);
  return value === undefined || value === null ? undefined : String(value);
}
