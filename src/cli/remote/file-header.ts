import type { Source } from '../../client/operations.ts';

/** The first line of a CSV file. */
export interface FileHeader {
  /** The line as it is in the file, without the line break. */
  readonly line: Uint8Array;
  readonly columns: readonly string[];
  /** The likely delimiter. */
  readonly delimiter: string;
}

/** The delimiters that are detected. */
const usualDelimiter = ',';
const otherDelimiters = [';', '\t', '|'];

/** Parses the header at the beginning of a file. It is validated by the server, not here. */
export function fileHeader(head: Uint8Array): FileHeader {
  const line = firstLine(head);
  const isUtf16 = line[0] === 0xff && line[1] === 0xfe;
  const text = new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(line);
  const other = text.includes(usualDelimiter) ? undefined : otherDelimiters.find((each) => text.includes(each));
  const delimiter = other ?? usualDelimiter;
  return { line, delimiter, columns: text.split(delimiter).map((cell) => cell.trim().replaceAll(/^"|"$/g, '')) };
}

/** A line break between quotes is part of a name. */
function firstLine(bytes: Uint8Array): Uint8Array {
  let isQuoted = false;
  const end = bytes.findIndex((byte) => {
    isQuoted = byte === 0x22 ? !isQuoted : isQuoted;
    return byte === 0x0a && !isQuoted;
  });
  return end === -1 ? bytes : bytes.subarray(0, end);
}

/** The source attribute for the delimiter of its files. */
export function delimiterAttribute(isAccounts: boolean): string {
  return isAccounts ? 'delimiter' : 'group.delimiter';
}

/** Returns how to change a source so that a file with this header is accepted, after the server rejected its columns. */
export function headerHint(
  { id, connectorAttributes }: Pick<Source, 'id' | 'connectorAttributes'>,
  { delimiter }: FileHeader,
  isAccounts: boolean,
): string {
  const attribute = delimiterAttribute(isAccounts);
  if (delimiter !== usualDelimiter && (connectorAttributes?.[attribute] ?? usualDelimiter) === usualDelimiter) {
    const patch = [{ op: 'add', path: `/connectorAttributes/${attribute}`, value: delimiter }];
    return (
      `The first line contains ${JSON.stringify(delimiter)} but no comma. If that is the delimiter, set the source's ` +
      `connectorAttributes "${attribute}": PATCH /v2026/sources/${id} with ${JSON.stringify(patch)}.`
    );
  }
  return (
    'If the columns are right, adapt the schema to them: POST ' +
    `/v2026/sources/${id}/schemas/${isAccounts ? 'accounts' : 'entitlements'} with the file's first line as the part "file". ` +
    'Attributes that are not columns are removed.'
  );
}
