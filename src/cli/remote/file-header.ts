import type { Source } from '../../client/operations.ts';

/** The first line of a CSV file. */
export interface FileHeader {
  /** As it stands in the file, without the line break. */
  readonly line: Uint8Array;
  readonly columns: readonly string[];
  /** What seems to stand between two columns. */
  readonly delimiter: string;
}

/** What files of a source may be separated by when nobody has said so. */
const usualDelimiter = ',';
const otherDelimiters = [';', '\t', '|'];

/** Reads the header at the beginning of a file. The server judges it; here it is only looked at. */
export function fileHeader(head: Uint8Array): FileHeader {
  const line = firstLine(head);
  const isUtf16 = line[0] === 0xff && line[1] === 0xfe;
  const text = new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(line);
  const other = text.includes(usualDelimiter) ? undefined : otherDelimiters.find((each) => text.includes(each));
  const delimiter = other ?? usualDelimiter;
  return { line, delimiter, columns: text.split(delimiter).map((cell) => cell.trim().replaceAll(/^"|"$/g, '')) };
}

/** A line break between quotes belongs to a name. */
function firstLine(bytes: Uint8Array): Uint8Array {
  let isQuoted = false;
  const end = bytes.findIndex((byte) => {
    isQuoted = byte === 0x22 ? !isQuoted : isQuoted;
    return byte === 0x0a && !isQuoted;
  });
  return end === -1 ? bytes : bytes.subarray(0, end);
}

/** The attribute of a source that says what separates its files. */
export function delimiterAttribute(isAccounts: boolean): string {
  return isAccounts ? 'delimiter' : 'group.delimiter';
}

/** What a source would need so that a file with this header fits, when the server says that its columns do not. */
export function headerHint(
  { id, connectorAttributes }: Pick<Source, 'id' | 'connectorAttributes'>,
  { delimiter }: FileHeader,
  isAccounts: boolean,
): string {
  const attribute = delimiterAttribute(isAccounts);
  if (delimiter !== usualDelimiter && (connectorAttributes?.[attribute] ?? usualDelimiter) === usualDelimiter) {
    const patch = [{ op: 'add', path: `/connectorAttributes/${attribute}`, value: delimiter }];
    return (
      `The first line has no comma but ${JSON.stringify(delimiter)}. If that separates the columns, set the source's ` +
      `connectorAttributes "${attribute}": PATCH /v2026/sources/${id} with ${JSON.stringify(patch)}.`
    );
  }
  return (
    'If the columns are right, make the schema follow them: POST ' +
    `/v2026/sources/${id}/schemas/${isAccounts ? 'accounts' : 'entitlements'} with the file's first line as the part "file". ` +
    'Attributes that are no column go.'
  );
}
