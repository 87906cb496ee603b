import type { Command } from 'commander';
import { addConnection, addList, running } from './shared.ts';

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
}
