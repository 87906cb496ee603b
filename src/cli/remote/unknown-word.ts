import { Command } from 'commander';

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
