import { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { exitCodes } from './exit-codes.ts';
import { addHelp } from './help.ts';
import { addLocalCommands } from './local-commands.ts';
import { addRemoteCommands } from './remote/commands.ts';

/** The whole command line: commands that run a server, and commands that talk to one. */
export function makeProgram(): Command {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const program = new Command('muniment')
    .description('A self-hosted entitlement catalogue that speaks the ISC entitlements API.')
    .version(version)
    .addHelpText('after', exitCodesText())
    .exitOverride()
    .showHelpAfterError('(add --help for what may be written)');
  program.commandsGroup('Run a server:');
  addLocalCommands(program);
  program.commandsGroup('Talk to a server:');
  addRemoteCommands(program);
  addHelp(program);
  return program;
}

function exitCodesText(): string {
  const lines = Object.values(exitCodes).map(({ code, meaning }) => `  ${String(code).padEnd(4)} ${meaning}\n`);
  return `\nExit codes:\n${lines.join('')}`;
}
