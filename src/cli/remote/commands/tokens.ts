import type { Command } from 'commander';
import { addConnection, collected, defaultVerb, idArgument, running } from './shared.ts';

/** Adds the commands for personal access tokens. */
export function addTokenCommands(program: Command): void {
  const tokens = program.command('tokens').description('Personal access tokens.');
  addConnection(tokens.command('create').description('Create a token for yourself. Its secret is shown only once.'))
    .argument('<name>', 'Its name.')
    .option(
      '--scope <scope>',
      'A scope, such as idn:entitlement:read; repeatable. Default: all of your rights.',
      collected,
    )
    .option('--expires <date>', 'Its last day of validity, such as 2030-12-31, or never. Default: in six months.')
    .action(running(async () => (await import('../tokens.ts')).createToken));
  addConnection(defaultVerb(tokens, 'list').description('List your tokens.'))
    .option('--everyone', 'List the tokens of all identities (administrators only).')
    .action(running(async () => (await import('../tokens.ts')).listTokens));
  addConnection(tokens.command('revoke').description('Delete a token; it stops working immediately.'))
    .argument('<id>', 'Its id.', idArgument)
    .action(running(async () => (await import('../tokens.ts')).revokeToken));
}
