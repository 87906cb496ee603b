import { flagOf, settings } from '../../src/config.ts';
import { page, table } from './markdown.ts';

/** Generates docs/reference/settings.md, with every setting. */
export function settingsPage(): string {
  const rows = Object.entries(settings).map(([name, setting]) => [
    `\`${setting.variable}\``,
    `\`${flagOf(name)}\``,
    'default' in setting ? `\`${setting.default}\`` : '',
    setting.allowed,
    'secret' in setting ? `${setting.help} Never shown in messages.` : setting.help,
  ]);
  return page(
    'Settings',
    'src/config.ts',
    'A command-line flag overrides the environment, the environment overrides the settings file (lines of `NAME=VALUE`, ' +
      'see `muniment serve --help`), and the file overrides the default. An invalid value prevents the start with a ' +
      'message that names where the value comes from and the allowed values; so does an unknown name in the file. If a name ' +
      'occurs twice in the file, the last line wins. An unknown `MUNIMENT_…` environment variable causes a warning.',
    table(['Variable', 'Flag', 'Default', 'Allowed', 'Meaning'], rows),
  );
}
