import type { Command } from 'commander';
import { refuseWord } from './remote/unknown-word.ts';

/** `muniment help [COMMAND…]`; fails if there is no such command. */
export function addHelp(program: Command): void {
  program.helpCommand(false);
  program
    .command('help')
    .description('Show the help of a command.')
    .argument('[command...]', 'The command, for example: entitlements patch.')
    .action((words: readonly string[]) => {
      let shown = program;
      for (const word of words) {
        shown = shown.commands.find((command) => command.name() === word) ?? refuseWord(shown, word);
      }
      shown.help();
    });
}
