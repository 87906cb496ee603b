import type { Command } from 'commander';
import { addConnection, requireSource, running, timeoutOption } from './shared.ts';

/** Adds the command that loads files. */
export function addImportCommand(program: Command): void {
  addConnection(program.command('import').description('Load a CSV file into a source and wait for its task.'))
    .argument('<file>', 'The CSV file, or "-" for standard input.')
    .option('--source <name>', 'The name or id of the source. Required.')
    .option('--create-source', 'Create a CSV source with this name if there is none.')
    .option('--type <type>', 'The entitlement type: the name of a schema. Default: the schema that matches the header.')
    .option('--accounts', 'The file contains accounts, not entitlements.')
    .option('--disable-optimization', 'Process every account, not only those that have changed.')
    .option('--no-wait', 'Print the id of the task and exit as soon as the file is uploaded.')
    .addOption(timeoutOption())
    .action(running(async () => (await import('../import.ts')).importFile))
    .hook('preAction', requireSource);
}
