import type { Argument, Command, Option } from 'commander';
import { flagOf, settings } from '../../src/config.ts';
import { exitCodes } from '../../src/cli/exit-codes.ts';
import { makeProgram } from '../../src/cli/program.ts';
import { page, table } from './markdown.ts';

/** Flags that stand for settings, which have a page of their own. */
const settingFlags = new Set(Object.keys(settings).map(flagOf));

/** docs/reference/command-line.md: every command with its parameters. */
export function commandLinePage(): string {
  return page(
    'Command line',
    'src/cli',
    'How to use it: [Command line](../cli.md). The settings that the commands around a server take are on ' +
      '[their own page](settings.md).',
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
  /** Its own name after those of the commands above it. */
  readonly names: readonly string[];
}

/** The commands that do something, in the order of the help. */
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
