import { type Command, Option } from 'commander';
import { addConnection, addIfMatch, addSet, idArgument, running } from './shared.ts';

/** Adds the commands for the request configuration of entitlements. */
export function addRequestConfigCommands(program: Command): void {
  const load = () => import('../request-config.ts');
  const noun = program.command('request-config').description('How entitlements may be requested.');
  const add = (verb: string, description: string): Command =>
    addConnection(noun.command(verb).description(description))
      .option('--entitlement <id>', 'Of this entitlement.', idArgument)
      .addOption(
        new Option('--source <name>', 'Of the entitlements of this source (name or id).').conflicts('entitlement'),
      );
  add('get', 'Show what is set and what is in force. Default: the settings of the organisation.').action(
    running(async () => (await load()).getRequestConfig),
  );
  const example = `accessRequestConfig='{"requireEndDate":true}'`;
  addIfMatch(
    addSet(
      add('set', 'Set how entitlements may be requested; what is not given is inherited, or gets its default.'),
      example,
    ),
  )
    .option('--file <file>', 'A file with a JSON object, "-" for standard input.')
    .action(running(async () => (await load()).setRequestConfig));
  addIfMatch(add('reset', 'Inherit all values of an entitlement or a source again.')).action(
    running(async () => (await load()).resetRequestConfig),
  );
}
