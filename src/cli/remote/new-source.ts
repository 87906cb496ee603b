import type { Client } from '../../client/client.ts';
import { ServerRefusal } from '../../client/failures.ts';
import type { Source } from '../../client/operations.ts';
import { CommandFailure } from '../exit-codes.ts';
import { delimiterAttribute, type FileHeader } from './file-header.ts';
import { inform } from './output.ts';
import type { Progress } from './progress.ts';
import { formWithFile } from './upload.ts';

/** The first file of a new source. */
export interface FirstFile {
  readonly header: FileHeader;
  readonly isAccounts: boolean;
  /** The name of its entitlement schema, if not the default one. */
  readonly type: string | undefined;
}

/**
 * Creates a source of CSV files that is owned by the caller and has the delimiter of its first file.
 * @throws CommandFailure for a client without an identity
 */
export async function makeSource(client: Client, name: string, { header, isAccounts }: FirstFile): Promise<Source> {
  const { identity_id: id } = await client.grant();
  if (id === null) {
    throw new CommandFailure(
      'notAllowed',
      'A source needs an owner, but these credentials have no identity. Use a personal access token.',
    );
  }
  const { delimiter } = header;
  const { body } = await client.call('createSource', {
    query: { provisionAsCsv: true },
    body: {
      name,
      owner: { type: 'IDENTITY', id },
      ...(delimiter === ',' ? {} : { connectorAttributes: { [delimiterAttribute(isAccounts)]: delimiter } }),
    },
  });
  const separated = delimiter === ',' ? '' : ` with the delimiter ${JSON.stringify(delimiter)}`;
  inform(`Created the source "${body.name}" (${body.id})${separated}.`);
  return body;
}

/** Sets the schema of a new source from its first file if the default one does not have all its columns. */
export async function followHeader(
  client: Client,
  { id }: Source,
  { header, isAccounts, type }: FirstFile,
  progress: Progress,
): Promise<void> {
  const { body: schemas } = await client.call('getSourceSchemas', { path: { sourceId: id } });
  const name = isAccounts ? 'account' : (type ?? 'group');
  const schema = schemas.find((each) => each.name === name);
  const known = new Set(schema?.attributes?.map((attribute) => attribute.name?.toLowerCase()));
  if (schema !== undefined && header.columns.every((column) => known.has(column.toLowerCase()))) {
    return;
  }
  const file = {
    name: 'header.csv',
    size: header.line.length,
    chunks: async function* oneLine() {
      yield header.line;
    },
  };
  const options = { stream: formWithFile({}, file, progress) };
  await (isAccounts
    ? client.call('importAccountsSchema', { path: { id } }, options)
    : client.call('importEntitlementsSchema', { path: { id }, query: { schemaName: type } }, options));
  inform(`Its schema "${name}" has the columns of the file.`);
}

/** Deletes a source whose first file was rejected. */
export async function undoSource(client: Client, { id, name }: Source): Promise<void> {
  try {
    await client.call('deleteSource', { path: { id } });
    inform(`The source "${name}" was deleted again, because its file was rejected.`);
  } catch (error) {
    if (!(error instanceof ServerRefusal)) {
      throw error;
    }
    inform(`The empty source "${name}" could not be deleted: ${error.message}`);
  }
}
