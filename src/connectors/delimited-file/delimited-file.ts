/** The connector for delimited text files (CSV), uploaded by a client. */
import { listed } from '../../error-text.ts';
import { badRequestContent, illegalValue } from '../../errors.ts';
import { ConnectorError } from '../connector.ts';
import type {
  ConnectorAttributes,
  FileConnector,
  FileReadInput,
  MatchInput,
  ObjectSchema,
  SourceBatch,
} from '../connector.ts';
import { checkIsText } from './decode.ts';
import { details, features, schemas } from './defaults.ts';
import { chooseSchema, describeMismatch, isMatch, matchHeader, parseHeader, readHeader } from './header.ts';
import { refuseMisspelt } from './misspelt.ts';
import { readRows } from './rows.ts';
import { parseSettings } from './settings.ts';
import { readTemplate, writeTemplate } from './template.ts';

export const delimitedFileConnector: FileConnector = {
  input: 'file',
  type: 'DelimitedFile',
  scriptName: 'delimited-file-angularsc',
  connectorName: 'Delimited File',
  features,
  details,
  schemas,
  secretAttributes: [],
  isForCsv: true,
  checkAttributes,
  matchSchema,
  read: readDelimitedFile,
  templates: { read: readTemplate, write: writeTemplate },
};

const batchRows = 500;

function checkAttributes(connectorAttributes: ConnectorAttributes): void {
  parseSettings(connectorAttributes, 'account');
  parseSettings(connectorAttributes, 'group');
  refuseMisspelt(connectorAttributes);
}

/**
 * Returns the candidate whose columns the file's header has. The candidates are either the account schema or group
 * schemas. Throws `illegalValue` if none or several match, and a 400 if the header is invalid.
 */
async function matchSchema<S extends ObjectSchema>(input: MatchInput<S>): Promise<S> {
  const { file, connectorAttributes, schemas: candidates } = input;
  const [first, second] = candidates;
  if (first === undefined) throw badRequestContent('The source has no schema for this file. Create the schema first.');
  const withoutKey = candidates.find(({ identityAttribute }) => identityAttribute === null);
  if (withoutKey !== undefined) {
    throw illegalValue(
      `Schema "${withoutKey.name}" has no identityAttribute. Set it to the attribute that contains the key.`,
    );
  }
  const settings = parseSettings(connectorAttributes, first.name);
  if (!settings.hasHeader) {
    if (second === undefined) {
      await asRequestError(checkIsText(file));
      return first;
    }
    const names = listed(candidates.map(({ name }) => `"${name}"`));
    throw illegalValue(
      `A file without a header matches any of the schemas ${names}. Select one of them with the part "objectType".`,
    );
  }
  return chooseSchema(await asRequestError(readHeader(file, settings)), candidates, settings);
}

/** Converts errors about the file to errors about the request. */
async function asRequestError<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof ConnectorError ? badRequestContent(error.message) : error;
  }
}

/**
 * Yields the rows of a file in batches of at most 500. `chunkBytes` (bytes read at a time) is for tests.
 */
export async function* readDelimitedFile(
  { file, connectorAttributes, schema }: FileReadInput,
  chunkBytes?: number,
): AsyncGenerator<SourceBatch> {
  const settings = parseSettings(connectorAttributes, schema.name);
  let columns: readonly string[] = schema.attributes.map(({ name }) => name);
  const takeHeader = (cells: readonly string[]): void => {
    const match = matchHeader(parseHeader(cells), schema);
    if (!isMatch(match)) throw new ConnectorError(describeMismatch(match));
    columns = match.columns;
  };
  const columnCount = settings.hasHeader ? null : columns.length;
  const input = { file, settings, columnCount, takeHeader, ...(chunkBytes === undefined ? {} : { chunkBytes }) };
  for await (const { rows, badRows, bytesRead, bytesTotal } of readRows(input)) {
    for (let start = 0; start === 0 || start < Math.max(rows.length, badRows.length); start += batchRows) {
      const slice = { rows: rows.slice(start, start + batchRows), badRows: badRows.slice(start, start + batchRows) };
      yield { columns, ...slice, bytesRead, bytesTotal };
    }
  }
}
