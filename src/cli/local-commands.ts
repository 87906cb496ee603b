import { type Command, Option } from 'commander';
import { flagOf, settings } from '../config.ts';

/**
 * The commands that run a server or work on its files. What a command does is loaded when it runs: the server is large,
 * and most commands do without it.
 */
export function addLocalCommands(program: Command): void {
  addSettings(program.command('serve').description('Start the server.')).action(async (flags) =>
    (await import('./serve.ts')).serve(flags),
  );
  addSettings(
    program.command('demo').description('Start the server with a sample organisation in a data directory of its own.'),
  ).action(async (flags) => (await import('./demo.ts')).demo(flags));
  addSettings(
    addJson(program.command('rotate-signing-key')).description(
      'Sign access tokens with a new key from now on. Tokens that were given out stay valid until they expire.',
    ),
  ).action(async (flags) => (await import('./rotate-signing-key.ts')).rotateSigningKey(flags));
  addSettings(
    addJson(program.command('backup'))
      .description('Copy the embedded database to a new file. Works while the server runs.')
      .argument('<file>', 'The file to make. It must not be there.'),
  ).action(async (file, flags) => (await import('./backup.ts')).backup(file, flags));
  addSettings(
    addJson(program.command('restore'))
      .description('Put a backup in the place of the embedded database. The server must be stopped.')
      .argument('<file>', 'A file that "muniment backup" made.')
      .option('--force', 'Also when a database is there; it is kept under another name.'),
  ).action(async (file, flags) => (await import('./restore.ts')).restore(file, flags));
  addSettings(
    addJson(program.command('doctor'))
      .description(
        'Check settings, data directory, database, disk, uploads and tasks; ends with 1 when something is wrong.',
      )
      .option('--thorough', 'Also read every row and replay the whole record of changes. Stop the servers before.'),
  ).action(async (flags) => (await import('./doctor.ts')).doctor(flags));
}

function addJson(command: Command): Command {
  return command.option('--json', 'Write JSON to standard output.');
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
