import { settingDefinitions } from '../../src/connectors/delimited-file/settings.ts';
import { page, table } from './markdown.ts';

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
      'attributes are kept and mean nothing here.',
    table(['For account files', 'For entitlement files', 'Default', 'Meaning'], rows),
  );
}
