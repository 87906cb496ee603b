import { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { exitCodes } from './exit-codes.ts';
import { addHelp } from './help.ts';
import { addLocalCommands } from './local-commands.ts';
import { addRemoteCommands } from './remote/commands.ts';
import { printable } from './remote/printable.ts';
import { unknownVariables } from './unknown-variables.ts';

/** The whole command line: commands that run a server, and commands that talk to one. */
export function makeProgram(): Command {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const program = new Command('muniment')
    .description('A self-hosted entitlement catalogue with the ISC entitlements API.')
    .version(version)
    .addHelpText('after', exitCodesText())
    .exitOverride()
    .showHelpAfterError('(add --help for usage)');
  program.commandsGroup('Run a server:');
  addLocalCommands(program);
  program.commandsGroup('Talk to a server:');
  addRemoteCommands(program);
  addHelp(program);
  program.hook('preAction', (_, command) => warnOfUnknownVariables(command));
  return program;
}

/** Warns of misspelt variables, which would be ignored silently. `doctor` reports them as findings instead. */
function warnOfUnknownVariables(command: Command): void {
  for (const text of command.name() === 'doctor' ? [] : unknownVariables(process.env)) {
    console.error(`Warning: ${printable(text)}`);
  }
}

function exitCodesText(): string {
  const lines = Object.values(exitCodes).map(({ code, meaning }) => `  ${String(code).padEnd(4)} ${meaning}\n`);
  return `\nExit codes:\n${lines.join('')}`;
}
