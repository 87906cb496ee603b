import { flagOf, settings } from '../../src/config.ts';
import { page, table } from './markdown.ts';

/** docs/reference/settings.md: every setting. */
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
    'A flag of the command line goes before the environment, the environment before the settings file (lines of ' +
      '`NAME=VALUE`, see `muniment serve --help`), and the file before the default. A value that is not allowed stops the ' +
      'start with a line that says what gave it and what is allowed; so does an unknown name in the file, where of two ' +
      'lines for one name the last counts. An unknown ' +
      '`MUNIMENT_…` variable of the environment is told by a warning.',
    table(['Variable', 'Flag', 'Default', 'Allowed', 'What it is for'], rows),
  );
}
