import { type Command, InvalidArgumentError, Option } from 'commander';
import type { TaskStatus } from '../../client/operations.ts';
import { asFailure } from './failure.ts';
import { defaultLimit } from './list.ts';
import { type RemoteResource, resources } from './resource-nouns.ts';
import { refuseWord } from './unknown-word.ts';

/** The completion statuses of tasks. */
const completionStatuses = [
  'SUCCESS',
  'WARNING',
  'ERROR',
  'TERMINATED',
  'TEMPERROR',
] as const satisfies readonly TaskStatus['completionStatus'][];

/**
 * The commands that talk to a server with this API. The code of a command is loaded when it runs, to keep the start
 * fast.
 */
export function addRemoteCommands(program: Command): void {
  addProfileCommands(program);

  addConnection(program.command('import').description('Load a CSV file into a source and wait for its task.'))
    .argument('<file>', 'The CSV file, or "-" for standard input.')
    .option('--source <name>', 'The name or id of the source. Required.')
    .option('--create-source', 'Create a CSV source with this name if there is none.')
    .option('--type <type>', 'The entitlement type: the name of a schema. Default: the schema that matches the header.')
    .option('--accounts', 'The file contains accounts, not entitlements.')
    .option('--disable-optimization', 'Process every account, not only those that have changed.')
    .option('--no-wait', 'Print the id of the task and exit as soon as the file is uploaded.')
    .addOption(timeoutOption())
    .action(running(async () => (await import('./import.ts')).importFile))
    .hook('preAction', requireSource);

  const sources = program.command('sources').description('Sources.');
  addList(
    sources,
    'List sources by name.',
    running(async () => (await import('./sources.ts')).listSources),
  );
  addConnection(sources.command('get').description('Show a source.'))
    .argument('<name>', 'Its name or id.')
    .action(running(async () => (await import('./sources.ts')).getSource));

  addEntitlementCommands(program);

  const accounts = program.command('accounts').description('Accounts.');
  addList(
    accounts,
    'List accounts.',
    running(async () => (await import('./accounts.ts')).listAccounts),
  ).option('--source <name>', 'Only those of this source (name or id).');
  addConnection(accounts.command('get').description('Show an account.'))
    .argument('<id>', 'Its id.', idArgument)
    .action(running(async () => (await import('./accounts.ts')).getAccount));

  for (const resource of resources) {
    addResourceCommands(program, resource);
  }
  addMetadataCommands(program);
  addTaskCommands(program);
  addTokenCommands(program);
}

function addProfileCommands(program: Command): void {
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
    .action(running(async () => (await import('./login.ts')).login));
  addJson(program.command('logout').description('Delete a profile.'))
    .option('--profile <name>', 'The profile. (default: "default")')
    .action(running(async () => (await import('./login.ts')).logout));
  addJson(program.command('profiles').description('List the profiles, without their secrets.')).action(
    running(async () => (await import('./login.ts')).listProfiles),
  );
}

function addEntitlementCommands(program: Command): void {
  const entitlements = program.command('entitlements').description('Entitlements.');
  addList(
    entitlements,
    'List entitlements by name.',
    running(async () => (await import('./entitlements.ts')).listEntitlements),
  )
    .option('--source <name>', 'Only those of this source (name or id).')
    .option('--type <type>', 'Only those of this type.');
  addConnection(entitlements.command('get').description('Show an entitlement and its ETag.'))
    .argument('<id>', 'Its id.', idArgument)
    .action(running(async () => (await import('./entitlements.ts')).getEntitlement));
  addPatch(entitlements, 'an entitlement', 'requestable=true, owner=ID or privilegeOverride.level=HIGH').action(
    running(async () => (await import('./entitlements.ts')).patchEntitlement),
  );
  addPaging(addConnection(entitlements.command('history').description('List its changes, newest first.')))
    .argument('<id>', 'Its id; it may be deleted.', idArgument)
    .action(running(async () => (await import('./entitlements.ts')).listHistory));
}

/** The commands for plain governance objects, which are the same for all kinds. */
function addResourceCommands(program: Command, resource: RemoteResource): void {
  const { nouns, one, example } = resource;
  const load = () => import('./resources.ts');
  const noun = program.command(nouns).description(`${nouns[0]?.toUpperCase()}${nouns.slice(1)}.`);
  addPaging(addConnection(defaultVerb(noun, 'list').description(`List ${nouns}.`))).action(
    running(async () => (await load()).listResources.bind(null, resource)),
  );
  addConnection(noun.command('get').description(`Show ${one} and its ETag.`))
    .argument('<id>', 'Its id.', idArgument)
    .action(running(async () => (await load()).getResource.bind(null, resource)));
  addSet(addConnection(noun.command('create').description(`Create ${one} and show it.`)), example)
    .option('--file <file>', 'A file with a JSON object, "-" for standard input.')
    .action(running(async () => (await load()).createResource.bind(null, resource)));
  addPatch(noun, one, example).action(running(async () => (await load()).patchResource.bind(null, resource)));
  addIfMatch(addConnection(noun.command('delete').description(`Delete ${one}.`)))
    .argument('<id>', 'Its id.', idArgument)
    .action(running(async () => (await load()).deleteResource.bind(null, resource)));
}

function addMetadataCommands(program: Command): void {
  const load = () => import('./metadata.ts');
  const metadata = program.command('metadata').description('Access model metadata: attributes and values.');
  const add = (name: string, description: string): Command =>
    addConnection(metadata.command(name).description(description));
  const ofAttribute = (command: Command): Command => command.argument('<key>', 'The key of the attribute.', idArgument);
  const ofEntitlement = (command: Command): Command =>
    ofAttribute(command.argument('<id>', 'The id of the entitlement.', idArgument)).argument(
      '<value>',
      'The value.',
      idArgument,
    );
  const example = 'name="Back Office" or multiselect=true';

  addList(
    metadata,
    'List attributes with their values.',
    running(async () => (await load()).listAttributes),
  );
  ofAttribute(add('get', 'Show an attribute and its ETag.')).action(running(async () => (await load()).getAttribute));
  addSet(add('create', 'Create an attribute and show it.'), example)
    .option('--file <file>', 'A file with a JSON object, "-" for standard input.')
    .action(running(async () => (await load()).createAttribute));
  addIfMatch(
    addSet(ofAttribute(add('patch', 'Change an attribute and show it.')), example).option(
      '--file <file>',
      'A file with a JSON Patch (RFC 6902), "-" for standard input.',
    ),
  ).action(running(async () => (await load()).patchAttribute));
  addPaging(ofAttribute(add('values', 'List the values of an attribute.'))).action(
    running(async () => (await load()).listValues),
  );
  ofAttribute(add('add-value', 'Add a value to an attribute.'))
    .argument('<name>', 'The name of the value.')
    .option('--value <value>', 'Its key. Default: the name in camel case.')
    .action(running(async () => (await load()).addValue));
  ofAttribute(add('rename-value', 'Rename a value of an attribute.'))
    .argument('<value>', 'The value.', idArgument)
    .argument('<name>', 'Its new name.')
    .action(running(async () => (await load()).renameValue));
  ofEntitlement(add('assign', 'Add a value to an entitlement and show the entitlement.')).action(
    running(async () => (await load()).assignValue),
  );
  ofEntitlement(add('unassign', 'Remove a value from an entitlement.')).action(
    running(async () => (await load()).unassignValue),
  );
  add('update', 'Change the metadata of many entitlements in a task.')
    .argument('<operation>', 'add, remove or replace.')
    .argument('<key=value...>', 'Values, such as iscRisk=high. KEY= removes or replaces all values of the attribute.')
    .option('--filters <filter>', `The entitlements that match a filter, such as 'source.id eq "ID"'.`)
    .option('--id <id>', 'The entitlement with this id; repeatable.', collected)
    .option('--scope <scope>', 'What replace replaces: "attribute" (the default) or "all" metadata.')
    .action(running(async () => (await load()).updateMetadata));
}

function addTaskCommands(program: Command): void {
  const tasks = program.command('tasks').description('Tasks, such as loads.');
  addList(
    tasks,
    'List tasks, newest first.',
    running(async () => (await import('./tasks.ts')).listTasks),
  )
    .option('--source <name>', 'Only those of this source (name or id).')
    .addOption(new Option('--status <status>', 'Only those with this status.').choices(completionStatuses))
    .option('--open', 'Only those that have not ended.');
  addConnection(tasks.command('show').description('Show a task with all its messages.'))
    .argument('<id>', 'Its id.', idArgument)
    .action(running(async () => (await import('./tasks.ts')).showTask));
  addConnection(tasks.command('wait').description("Wait until a task has ended; the exit code is the task's outcome."))
    .argument('<id>', 'Its id.', idArgument)
    .addOption(timeoutOption())
    .action(running(async () => (await import('./tasks.ts')).waitTask));
  addConnection(tasks.command('problems').description('Write all problems of a task as CSV, such as skipped rows.'))
    .argument('<id>', 'Its id.', idArgument)
    .action(running(async () => (await import('./tasks.ts')).listProblems));
}

function addTokenCommands(program: Command): void {
  const tokens = program.command('tokens').description('Personal access tokens.');
  addConnection(tokens.command('create').description('Create a token for yourself. Its secret is shown only once.'))
    .argument('<name>', 'Its name.')
    .option(
      '--scope <scope>',
      'A scope, such as idn:entitlement:read; repeatable. Default: all of your rights.',
      collected,
    )
    .option('--expires <date>', 'Its last day of validity, such as 2030-12-31, or never. Default: in six months.')
    .action(running(async () => (await import('./tokens.ts')).createToken));
  addConnection(defaultVerb(tokens, 'list').description('List your tokens.'))
    .option('--everyone', 'List the tokens of all identities (administrators only).')
    .action(running(async () => (await import('./tokens.ts')).listTokens));
  addConnection(tokens.command('revoke').description('Delete a token; it stops working immediately.'))
    .argument('<id>', 'Its id.', idArgument)
    .action(running(async () => (await import('./tokens.ts')).revokeToken));
}

/** Returns an action that loads its code when it runs and reports errors as command failures. */
function running<Parameters extends readonly unknown[]>(
  load: () => Promise<(...parameters: Parameters) => Promise<void>>,
): (...parameters: Parameters) => Promise<void> {
  return async (...parameters) => {
    try {
      await (
        await load()
      )(...parameters);
    } catch (error) {
      throw asFailure(error);
    }
  };
}

function addList<Flags>(noun: Command, description: string, action: (flags: Flags) => Promise<void>): Command {
  return addPaging(addConnection(defaultVerb(noun, 'list').description(description)))
    .option('--filters <filter>', `A filter of the API, such as 'name sw "Adm"'.`)
    .option('--sorters <sorters>', 'The sort fields, such as "name,-created".')
    .action(action);
}

function addPatch(noun: Command, one: string, example: string): Command {
  const command = addConnection(noun.command('patch').description(`Change ${one} and show it.`)).argument(
    '<id>',
    'Its id.',
    idArgument,
  );
  return addIfMatch(
    addSet(command, example).option('--file <file>', 'A file with a JSON Patch (RFC 6902), "-" for standard input.'),
  );
}

function addSet(command: Command, example: string): Command {
  return command.option(
    '--set <field=value>',
    `Set a field, such as ${example}; repeatable. true, false, null and values that start with ", [ or { are parsed as JSON, all others are text.`,
    collected,
  );
}

function addIfMatch(command: Command): Command {
  return command.option('--if-match <etag>', 'Only if it still has this ETag (see "get").');
}

/** Adds the verb that is used if none is given. An unknown verb is reported as such, not as an excess argument. */
function defaultVerb(noun: Command, name: string): Command {
  noun.hook('preSubcommand', () => {
    const [word] = noun.args;
    if (word !== undefined && !word.startsWith('-') && noun.commands.every((verb) => verb.name() !== word)) {
      refuseWord(noun, word);
    }
  });
  return noun.command(name, { isDefault: true });
}

/** Checked last: a missing required option would otherwise hide a misspelt option name. */
function requireSource(command: Command): void {
  if (command.opts()['source'] === undefined) {
    command.error("error: required option '--source <name>' not specified");
  }
}

function addPaging(command: Command): Command {
  return command
    .option('--limit <number>', `The maximum number of rows. (default: ${defaultLimit})`, wholeNumber)
    .addOption(new Option('--all', 'List all rows.').conflicts('limit'));
}

function addConnection(command: Command): Command {
  return addJson(command)
    .option('--url <url>', 'The address of the server. (env: MUNIMENT_URL, SAIL_BASE_URL)')
    .option('--profile <name>', 'A profile created by "muniment login". (default: "default")');
}

function addJson(command: Command): Command {
  return command.option('--json', 'Write JSON, and nothing else, to standard output.');
}

function timeoutOption(): Option {
  return new Option('--timeout <seconds>', 'Stop waiting after this time; the task continues.').argParser(wholeNumber);
}

function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) {
    throw new InvalidArgumentError('It must be a whole number from 1 to 999999999.');
  }
  return Number(text);
}

/** Rejects values that cannot be a path segment. */
function idArgument(text: string): string {
  if (/^\.{0,2}$/.test(text)) {
    throw new InvalidArgumentError('It must be an id.');
  }
  return text;
}
