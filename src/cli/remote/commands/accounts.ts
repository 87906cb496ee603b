import type { Command } from 'commander';
import { addConnection, addList, idArgument, requireSource, running, timeoutOption } from './shared.ts';

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
  addConnection(
    accounts
      .command('correlate')
      .description('Correlate accounts manually: the file has the columns account and userName (an alias).'),
  )
    .argument('<file>', 'The CSV file, or "-" for standard input.')
    .option('--source <name>', 'The name or id of the source. Required.')
    .option('--no-wait', 'Print the id of the task and exit as soon as the file is uploaded.')
    .addOption(timeoutOption())
    .action(running(async () => (await import('../correlate-accounts.ts')).correlateAccounts))
    .hook('preAction', requireSource);
}
