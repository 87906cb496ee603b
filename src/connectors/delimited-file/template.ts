/** Templates: files with only a header. */
import { shortened } from '../../error-text.ts';
import { badRequestContent, illegalValue } from '../../errors.ts';
import { ConnectorError } from '../connector.ts';
import type { ConnectorAttributes } from '../connector.ts';
import { readHeader } from './header.ts';
import { parseSettings } from './settings.ts';
import type { Settings } from './settings.ts';

/** Returns the columns of a template. Throws a 400 if there are none, or if the delimiter is wrong. */
export async function readTemplate(
  file: string,
  connectorAttributes: ConnectorAttributes,
  schemaName: string,
): Promise<readonly string[]> {
  // A template is always a header, even if the files have none.
  const settings: Settings = { ...parseSettings(connectorAttributes, schemaName), hasHeader: true };
  const columns = await readHeader(file, settings).catch((error: unknown) => {
    throw error instanceof ConnectorError ? badRequestContent(`The template cannot be read: ${error.message}`) : error;
  });
  const [column] = columns;
  if (column === undefined) {
    throw badRequestContent('The template is empty. Its first line must contain the column names.');
  }
  const other = [',', ';', '\t', '|'].find((character) => columns.length === 1 && column.includes(character));
  if (other !== undefined) {
    throw illegalValue(
      `The template has one column, ${shortened(JSON.stringify(column))}, because it was split at ${JSON.stringify(settings.delimiter)}. ` +
        `Write it with that delimiter, or set connectorAttributes "${settings.prefix}delimiter" to ${JSON.stringify(other)}.`,
    );
  }
  return columns;
}

/** Returns a template with these columns, in UTF-8, with a trailing line feed. */
export function writeTemplate(
  columns: readonly string[],
  connectorAttributes: ConnectorAttributes,
  schemaName: string,
): string {
  const { delimiter, quote } = parseSettings(connectorAttributes, schemaName);
  const cells = columns.map((name) =>
    quote !== null && (name.includes(delimiter) || name.includes(quote) || /[\r\n]/.test(name))
      ? `${quote}${name.replaceAll(quote, quote + quote)}${quote}`
      : name,
  );
  return `${cells.join(delimiter)}\n`;
}
