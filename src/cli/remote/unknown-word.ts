import { Command } from 'commander';

/** Fails with an error about an unknown command, a suggestion, and the list of all commands. */
export function refuseWord(above: Command, word: string): never {
  const names = above.commands.map((command) => command.name());
  // Commander does not export its suggestions: let a command that has only these subcommands report the error.
  const asked = new Command(above.name()).exitOverride().helpCommand(false);
  asked.showHelpAfterError(`(commands: ${names.join(', ')})`);
  for (const name of names) {
    asked.command(name);
  }
  asked.parse([word], { from: 'user' });
  return above.error(`error: unknown command '${word}'`);
}
