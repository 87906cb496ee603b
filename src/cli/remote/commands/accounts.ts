import type { Command } from 'commander';
import { addConnection, addList, idArgument, running } from './shared.ts';

/** Adds the commands for accounts. */
export function addAccountCommands(program: Command): void {
  const accounts = program.command('accounts').description('Accounts.');
  addList(
    accounts,
    'List accounts.',
    running(async () => (await import('../accounts.ts')).listAccounts),
  ).option('--source <name>', 'Only those of this source (name or id).');
  addConnection(accounts.command('get').description('Show an account.'))
    .argument('<id>', 'Its id.', idArgument)
    .action(running(async () => (await import('../accounts.ts')).getAccount));
}
