import type { Argument, Command, Option } from 'commander';
import { flagOf, settings } from '../../src/config.ts';
import { exitCodes } from '../../src/cli/exit-codes.ts';
import { makeProgram } from '../../src/cli/program.ts';
import { page, table } from './markdown.ts';

/** Flags for settings, which are documented on a separate page. */
const settingFlags = new Set(Object.keys(settings).map(flagOf));

/** Generates docs/reference/command-line.md, with every command and its parameters. */
export function commandLinePage(): string {
  return page(
    'Command line',
    'src/cli',
    'For an introduction see [Command line](../cli.md). The settings of the commands that run a server are on ' +
      '[a separate page](settings.md).',
    ...commandsOf(makeProgram(), []).map(commandText),
    '## Exit codes',
    table(
      ['Code', 'Meaning'],
      Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning]),
    ),
  );
}

interface NamedCommand {
  readonly command: Command;
  /** Returns the full name of a command, including those of its parents. */
  readonly names: readonly string[];
}

/** Returns the commands with an action, in the order of the help. */
function commandsOf(command: Command, names: readonly string[]): NamedCommand[] {
  const own = [...names, command.name()];
  return command.commands.length === 0
    ? [{ command, names: own }]
    : command.commands.flatMap((below) => commandsOf(below, own));
}

function commandText({ command, names }: NamedCommand): string {
  const takesSettings = command.options.some(({ long }) => settingFlags.has(long ?? ''));
  const rows = [
    ...command.registeredArguments.map((argument) => [`\`${argumentText(argument)}\``, argument.description]),
    ...command.options
      .filter(({ long }) => !settingFlags.has(long ?? ''))
      .map((option) => [`\`${option.flags}\``, optionText(option)]),
    ...(takesSettings ? [['every setting', 'See [settings](settings.md).']] : []),
  ];
  const usage = [...names, ...command.registeredArguments.map(argumentText)].join(' ');
  return [
    `## ${names.slice(1).join(' ')}`,
    command.description(),
    `\`${usage}\``,
    table(['Parameter', 'Meaning'], rows),
  ].join('\n\n');
}

function argumentText(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

function optionText({ description, argChoices }: Option): string {
  return argChoices === undefined ? description : `${description} One of: ${argChoices.join(', ')}.`;
}
