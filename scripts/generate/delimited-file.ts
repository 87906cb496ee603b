import { settingDefinitions } from '../../src/connectors/delimited-file/settings.ts';
import { page, table } from './markdown.ts';

/**
 * Attributes of ISC's connector that change how it reads a file but are ignored here, and what happens instead.
 */
const notHonoured = [
  ['`filterString`', 'All rows are loaded. Filter the file first.'],
  [
    '`columnNames`',
    'If the file has a header, the header is used; otherwise the columns are the attributes of the schema in order.',
  ],
  [
    '`mergeRows`, `mergeColumns`, `indexColumn`, `indexColumns`, `isSortedByIndexColumn`',
    'Rows with the same key are always merged into one object, in any order; the values of attributes with `isMulti` are combined, other attributes must not differ.',
  ],
  ['`isCaseInsensitiveMerge`', 'Keys that differ only in case are different objects.'],
  ['`filterEmptyRecords`', 'Empty rows are always skipped.'],
  ['`parseType`, `regularExpression`', 'Files are always split at the delimiter.'],
  ['rules such as BuildMap', 'Rules are not executed. Prepare the file first.'],
  ['`commentCharacter`, if not set', 'ISC uses `#` by default; here no line is a comment.'],
  [
    'the number of lines to skip',
    'ISC skips that many lines in addition to the header; `skipLines` are lines before the header.',
  ],
  ['`file`, `filetransport`, `host`, `partitionMode`', 'Ignored, because files are uploaded.'],
];

/** Generates docs/reference/delimited-file.md, with the settings of a delimited file. */
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
    "The settings are in the source's `connectorAttributes`: account files use the plain name, entitlement files the name " +
      'with the prefix `group.`. They are independent: an entitlement file does not inherit the setting for account files. ' +
      'Null and the empty string mean "not set". A misspelt `group.` name (`group.delimeter`) is rejected; other attributes ' +
      'are stored and returned with the source, but ignored.',
    table(['For account files', 'For entitlement files', 'Default', 'Meaning'], rows),
    '## Ignored attributes of ISC\n\n' +
      'A source copied from ISC has many more attributes. These change how ISC reads a file, but not how Muniment reads it ' +
      '(the same applies to their names with the prefix `group.`):\n\n' +
      table(['In ISC', 'Here'], notHonoured),
  );
}
