import type { Command } from 'commander';
import {
  addChange,
  addConnection,
  addIfMatch,
  addList,
  addSet,
  idArgument,
  requireSource,
  running,
  timeoutOption,
} from './shared.ts';

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
  addAccountChanges(accounts);
}

function addAccountChanges(accounts: Command): void {
  const load = () => import('../account-changes.ts');
  addSet(
    addConnection(accounts.command('create').description('Create an account of a source.')),
    'id=ann or groups=["x","y"]',
  )
    .option('--file <file>', 'A file with a JSON object of its attributes, "-" for standard input.')
    .option('--source <name>', 'The name or id of the source. Required.')
    .action(running(async () => (await load()).createAccount))
    .hook('preAction', requireSource);
  addChange(accounts, 'Change an account.', 'identityId=ID or attributes.location=Bern').action(
    running(async () => (await load()).patchAccount),
  );
  for (const [verb, description, operation] of [
    ['delete', 'Delete an account. The next load that contains it restores it.', 'deleteAccount'],
    ['enable', 'Enable an account.', 'enableAccount'],
    ['disable', 'Disable an account.', 'disableAccount'],
    ['unlock', 'Unlock an account.', 'unlockAccount'],
    ['reload', 'Determine the identity of an account again.', 'submitReloadAccount'],
  ] as const) {
    addIfMatch(addConnection(accounts.command(verb).description(`${description} On this server, not on the source.`)))
      .argument('<id>', 'Its id.', idArgument)
      .action(running(async () => (await load()).accountAction(operation)));
  }
}
