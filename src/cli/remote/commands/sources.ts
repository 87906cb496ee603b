import type { Command } from 'commander';
import { addConnection, addList, running, timeoutOption } from './shared.ts';

/** Adds the commands for sources. */
export function addSourceCommands(program: Command): void {
  const sources = program.command('sources').description('Sources.');
  addList(
    sources,
    'List sources by name.',
    running(async () => (await import('../sources.ts')).listSources),
  );
  addConnection(sources.command('get').description('Show a source.'))
    .argument('<name>', 'Its name or id.')
    .action(running(async () => (await import('../sources.ts')).getSource));
  addConnection(sources.command('reset').description('Delete all entitlements of a source permanently.'))
    .argument('<name>', 'Its name or id.')
    .option('--no-wait', 'Print the id of the task and exit.')
    .addOption(timeoutOption())
    .action(running(async () => (await import('../reset-source.ts')).resetSource));
}
