import { type Command, Option } from 'commander';
import { flagOf, settings } from '../config.ts';

/**
 * The commands that run a server or work on its files. The code of a command is loaded when it runs: the server is large,
 * and most commands do not need it.
 */
export function addLocalCommands(program: Command): void {
  addSettings(program.command('serve').description('Start the server.')).action(async (flags) =>
    (await import('./serve.ts')).serve(flags),
  );
  addSettings(
    program.command('demo').description('Start a server with a sample organisation in a separate data directory.'),
  ).action(async (flags) => (await import('./demo.ts')).demo(flags));
  addSettings(
    addJson(program.command('rotate-signing-key')).description(
      'Sign access tokens with a new key. Issued tokens remain valid until they expire.',
    ),
  ).action(async (flags) => (await import('./rotate-signing-key.ts')).rotateSigningKey(flags));
  addSettings(
    addJson(program.command('backup'))
      .description('Copy the embedded database to a new file. Works while the server runs.')
      .argument('<file>', 'The file to create. It must not exist.'),
  ).action(async (file, flags) => (await import('./backup.ts')).backup(file, flags));
  addSettings(
    addJson(program.command('restore'))
      .description('Replace the embedded database with a backup. The server must be stopped.')
      .argument('<file>', 'A file created by "muniment backup".')
      .option('--force', 'Replace an existing database; it is kept under another name.'),
  ).action(async (file, flags) => (await import('./restore.ts')).restore(file, flags));
  addSettings(
    addJson(program.command('doctor'))
      .description(
        'Check settings, data directory, database, disk, uploads and tasks. The exit code is 1 if a check fails.',
      )
      .option('--thorough', 'Also read every row and replay the whole change record. Stop the servers first.'),
  ).action(async (flags) => (await import('./doctor.ts')).doctor(flags));
}

function addJson(command: Command): Command {
  return command.option('--json', 'Write JSON to standard output.');
}

/** Adds a flag for every setting, and `--config` for a file of them. */
function addSettings(command: Command): Command {
  command.option(
    '--config <file>',
    'A file of NAME=VALUE lines with the names of the environment variables. (env: MUNIMENT_CONFIG)',
  );
  for (const [name, setting] of Object.entries(settings)) {
    const help = `${setting.help} One of: ${setting.allowed}. (env: ${setting.variable}${'default' in setting ? `, default: ${setting.default}` : ''})`;
    command.addOption(new Option(`${flagOf(name)} <value>`, help));
  }
  return command;
}
