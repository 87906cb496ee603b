import type { Client } from '../../client/client.ts';
import { ServerRefusal } from '../../client/failures.ts';
import type { Source } from '../../client/operations.ts';
import { CommandFailure } from '../exit-codes.ts';
import { delimiterAttribute, type FileHeader } from './file-header.ts';
import { tell } from './output.ts';
import type { Progress } from './progress.ts';
import { formWithFile } from './upload.ts';

/** What the first file of a new source is. */
export interface FirstFile {
  readonly header: FileHeader;
  readonly isAccounts: boolean;
  /** The schema of its entitlements; without one the usual. */
  readonly type: string | undefined;
}

/**
 * Makes a source of CSV files that belongs to whoever asks and is separated as its first file.
 * @throws CommandFailure for a client without a person
 */
export async function makeSource(client: Client, name: string, { header, isAccounts }: FirstFile): Promise<Source> {
  const { identity_id: id } = await client.grant();
  if (id === null) {
    throw new CommandFailure(
      'notAllowed',
      'A source needs an owner, but these credentials belong to nobody. Use a personal access token.',
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
  const separated = delimiter === ',' ? '' : `, whose files are separated by ${JSON.stringify(delimiter)}`;
  tell(`Made the source "${body.name}" (${body.id})${separated}.`);
  return body;
}

/** Makes the schema of a new source that of its first file, where the usual one does not have all its columns. */
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
  tell(`Its schema "${name}" has the columns of the file.`);
}

/** Deletes a source whose first file was refused, so that nothing is left of the attempt. */
export async function undoSource(client: Client, { id, name }: Source): Promise<void> {
  try {
    await client.call('deleteSource', { path: { id } });
    tell(`The source "${name}" is deleted again, as its file was refused.`);
  } catch (error) {
    if (!(error instanceof ServerRefusal)) {
      throw error;
    }
    tell(`The source "${name}" stays, without content: ${error.message}`);
  }
}
