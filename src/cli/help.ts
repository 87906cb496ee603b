import { Command } from 'commander';

/** `muniment help [COMMAND…]`, which says so when there is no such command. */
export function addHelp(program: Command): void {
  program.helpCommand(false);
  program
    .command('help')
    .description('Show the help of a command.')
    .argument('[command...]', 'Its words, such as: entitlements patch.')
    .action((words: readonly string[]) => {
      let shown = program;
      for (const word of words) {
        shown = shown.commands.find((command) => command.name() === word) ?? refuseWord(shown, word);
      }
      shown.help();
    });
}

/** Ends with a word on a command that is not there, the one that may be meant, and all that are. */
export function refuseWord(above: Command, word: string): never {
  const names = above.commands.map((command) => command.name());
  // The library keeps its sense of likeness to itself: it is asked by a command that has these and nothing else.
  const asked = new Command(above.name()).exitOverride().helpCommand(false);
  asked.showHelpAfterError(`(there are: ${names.join(', ')})`);
  for (const name of names) {
    asked.command(name);
  }
  asked.parse([word], { from: 'user' });
  return above.error(`error: unknown command '${word}'`);
}
