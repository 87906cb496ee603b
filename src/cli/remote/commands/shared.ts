import { type Command, InvalidArgumentError, Option } from 'commander';
import { asFailure } from '../failure.ts';
import { defaultLimit } from '../list.ts';
import { refuseWord } from '../unknown-word.ts';

/** Returns an action that loads its code when it runs and reports errors as command failures. */
export function running<Parameters extends readonly unknown[]>(
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

export function addList<Flags>(noun: Command, description: string, action: (flags: Flags) => Promise<void>): Command {
  return addFilters(addPaging(addConnection(defaultVerb(noun, 'list').description(description)))).action(action);
}

/** Adds the options that filter and sort a list. */
export function addFilters(command: Command): Command {
  return command
    .option('--filters <filter>', `A filter of the API, such as 'name sw "Adm"'.`)
    .option('--sorters <sorters>', 'The sort fields, such as "name,-created".');
}

/** Adds the verb "patch", which takes fields to set or a JSON Patch. */
export function addPatch(noun: Command, one: string, example: string): Command {
  return addChange(noun, `Change ${one} and show it.`, example);
}

/** Adds the verb "patch" with another description. */
export function addChange(noun: Command, description: string, example: string): Command {
  const command = addConnection(noun.command('patch').description(description)).argument('<id>', 'Its id.', idArgument);
  return addIfMatch(
    addSet(command, example).option('--file <file>', 'A file with a JSON Patch (RFC 6902), "-" for standard input.'),
  );
}

/** Adds the repeatable option that sets fields. */
export function addSet(command: Command, example: string): Command {
  return command.option(
    '--set <field=value>',
    `Set a field, such as ${example}; repeatable. true, false, null and values that start with ", [ or { are parsed as JSON, all others are text.`,
    collected,
  );
}

/** Adds the option for the version that a change expects. */
export function addIfMatch(command: Command): Command {
  return command.option('--if-match <etag>', 'Only if it still has this ETag (see "get").');
}

/** Adds the verb that is used if none is given. An unknown verb is reported as such, not as an excess argument. */
export function defaultVerb(noun: Command, name: string): Command {
  noun.hook('preSubcommand', () => {
    const [word] = noun.args;
    if (word !== undefined && !word.startsWith('-') && noun.commands.every((verb) => verb.name() !== word)) {
      refuseWord(noun, word);
    }
  });
  return noun.command(name, { isDefault: true });
}

/** Checked last: a missing required option would otherwise hide a misspelt option name. */
export function requireSource(command: Command): void {
  if (command.opts()['source'] === undefined) {
    command.error("error: required option '--source <name>' not specified");
  }
}

/** Adds the options that limit a list. */
export function addPaging(command: Command): Command {
  return command
    .option('--limit <number>', `The maximum number of rows. (default: ${defaultLimit})`, wholeNumber)
    .addOption(new Option('--all', 'List all rows.').conflicts('limit'));
}

/** Adds the options that every command has that talks to a server. */
export function addConnection(command: Command): Command {
  return addJson(command)
    .option('--url <url>', 'The address of the server. (env: MUNIMENT_URL, SAIL_BASE_URL)')
    .option('--profile <name>', 'A profile created by "muniment login". (default: "default")');
}

/** Adds the option for JSON output. */
export function addJson(command: Command): Command {
  return command.option('--json', 'Write JSON, and nothing else, to standard output.');
}

/** The option that limits how long a command waits, in seconds. */
export function timeoutOption(): Option {
  return new Option('--timeout <seconds>', 'Stop waiting after this time; the task continues.').argParser(wholeNumber);
}

/** Collects the values of a repeatable option. */
export function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Parses a number from 1 to 999999999. Throws `InvalidArgumentError`. */
function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) {
    throw new InvalidArgumentError('It must be a whole number from 1 to 999999999.');
  }
  return Number(text);
}

/** Rejects values that cannot be a path segment. */
export function idArgument(text: string): string {
  if (/^\.{0,2}$/.test(text)) {
    throw new InvalidArgumentError('It must be an id.');
  }
  return text;
}
