import type { Command } from 'commander';
import { addConnection, addJson, running } from './shared.ts';

/** Adds the commands for saved credentials. */
export function addProfileCommands(program: Command): void {
  addConnection(
    program
      .command('login')
      .description(
        'Verify credentials and save them as a profile. Asks for what is missing; the secret may be piped in.',
      ),
  )
    .option('--client-id <id>', 'The id of a personal access token. (env: SAIL_CLIENT_ID)')
    .option(
      '--client-secret <secret>',
      'Its secret. Other users of this machine can see it here: prefer to pipe it in.',
    )
    .action(running(async () => (await import('../login.ts')).login));
  addJson(program.command('logout').description('Delete a profile.'))
    .option('--profile <name>', 'The profile. (default: "default")')
    .action(running(async () => (await import('../login.ts')).logout));
  addJson(program.command('profiles').description('List the profiles, without their secrets.')).action(
    running(async () => (await import('../login.ts')).listProfiles),
  );
}
