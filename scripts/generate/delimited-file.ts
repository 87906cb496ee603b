import { settingDefinitions } from '../../src/connectors/delimited-file/settings.ts';
import { page, table } from './markdown.ts';

/**
 * Attributes of ISC's connector that change how it reads a file and are not honoured here, and what happens instead.
 */
const notHonoured = [
  ['`filterString`', 'Nothing is filtered: what it would leave out is loaded. Filter the file before.'],
  [
    '`columnNames`',
    'With a header, that counts; without one, the columns are the attributes of the schema in their order.',
  ],
  [
    '`mergeRows`, `mergeColumns`, `indexColumn`, `indexColumns`, `isSortedByIndexColumn`',
    'Rows with the same key always are one object, in any order; the values of attributes that the schema calls `isMulti` are joined, and others must not differ.',
  ],
  ['`isCaseInsensitiveMerge`', 'Keys that differ in case are two objects.'],
  ['`filterEmptyRecords`', 'Rows without any value are always skipped.'],
  ['`parseType`, `regularExpression`', 'Files are always split at the delimiter.'],
  ['rules such as BuildMap', 'No rules run. Prepare the file before.'],
  ['`commentCharacter`, where it is not set', 'ISC then takes `#`; here every line counts.'],
  [
    'the number of lines to skip',
    'ISC skips that many lines besides the header; `skipLines` are lines before the header.',
  ],
  ['`file`, `filetransport`, `host`, `partitionMode`', 'They mean nothing, as files are uploaded.'],
];

/** docs/reference/delimited-file.md: the settings of a delimited file. */
export function delimitedFilePage(): string {
  const rows = settingDefinitions.map(({ name, default: standard, help }) => [
    `\`${name}\``,
    `\`group.${name}\``,
    `\`${standard}\``,
    help,
  ]);
  return page(
    'Settings of delimited files',
    'src/connectors/delimited-file/settings.ts',
    "They stand in the source's `connectorAttributes`: under the plain name for account files, with `group.` before it " +
      'for entitlement files. Each stands alone: an entitlement file does not take over the setting for account files. ' +
      'Null and the empty text mean "not set". A `group.` name with a slip in it (`group.delimeter`) is refused; other ' +
      'attributes are kept, come back with the source and mean nothing here.',
    table(['For account files', 'For entitlement files', 'Default', 'Meaning'], rows),
    '## Attributes of ISC that are not honoured\n\n' +
      'A source brought from ISC carries many attributes more. These change how ISC reads a file, and do not change how ' +
      'it is read here (the same goes for their names with `group.` before them):\n\n' +
      table(['In ISC', 'Here'], notHonoured),
  );
}
