import { Command, Option } from 'commander';
import { readFileSync } from 'node:fs';
import { flagOf, SettingError, settings } from '../config.ts';
import { backup } from './backup.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { restore } from './restore.ts';
import { rotateSigningKey } from './rotate-signing-key.ts';
import { serve } from './serve.ts';

/** The command line: one file per command beside this one. */
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const program = new Command('muniment')
  .description('A self-hosted entitlement catalogue that speaks the ISC entitlements API.')
  .version(version);

addSettings(program.command('serve').description('Start the server.')).action(serve);
addSettings(
  program.command('demo').description('Start the server with a sample organisation in a data directory of its own.'),
).action(demo);
addSettings(
  program
    .command('rotate-signing-key')
    .description(
      'Sign access tokens with a new key from now on. Tokens that were given out stay valid until they expire.',
    ),
).action(rotateSigningKey);
addSettings(
  program
    .command('backup')
    .description('Copy the embedded database to a new file. Works while the server runs.')
    .argument('<file>', 'The file to make. It must not be there.'),
).action(backup);
addSettings(
  program
    .command('restore')
    .description('Put a backup in the place of the embedded database. The server must be stopped.')
    .argument('<file>', 'A file that "muniment backup" made.')
    .option('--force', 'Also when a database is there; it is kept under another name.'),
).action(restore);
addSettings(
  program
    .command('doctor')
    .description(
      'Check settings, data directory, database, disk, uploads and tasks; ends with 1 when something is wrong.',
    )
    .option('--thorough', 'Also read every row and replay the whole record of changes. Stop the servers before.'),
).action(doctor);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof SettingError)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 2;
}

/** Adds a flag for every setting, and `--config` for a file of them. */
function addSettings(command: Command): Command {
  command.option(
    '--config <file>',
    'A file of NAME=VALUE lines, named as the environment variables. (env: MUNIMENT_CONFIG)',
  );
  for (const [name, setting] of Object.entries(settings)) {
    const help = `${setting.help} One of: ${setting.allowed}. (env: ${setting.variable}${'default' in setting ? `, default: ${setting.default}` : ''})`;
    command.addOption(new Option(`${flagOf(name)} <value>`, help));
  }
  return command;
}
