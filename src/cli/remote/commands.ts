import type { Command } from 'commander';
import { addAccountCommands } from './commands/accounts.ts';
import { addConnectionCommands } from './commands/connections.ts';
import { addEntitlementCommands } from './commands/entitlements.ts';
import { addImportCommand } from './commands/import.ts';
import { addMetadataCommands } from './commands/metadata.ts';
import { addProfileCommands } from './commands/profiles.ts';
import { addResourceCommands } from './commands/resources.ts';
import { addSourceCommands } from './commands/sources.ts';
import { addTaskCommands } from './commands/tasks.ts';
import { addTokenCommands } from './commands/tokens.ts';
import { resources } from './resource-nouns.ts';

/**
 * The commands that talk to a server with this API, in the order of the help text. The code of a command is loaded when
 * it runs, to keep the start fast.
 */
export function addRemoteCommands(program: Command): void {
  addProfileCommands(program);
  addImportCommand(program);
  addSourceCommands(program);
  addEntitlementCommands(program);
  addAccountCommands(program);
  addConnectionCommands(program);
  for (const resource of resources) {
    addResourceCommands(program, resource);
  }
  addMetadataCommands(program);
  addTaskCommands(program);
  addTokenCommands(program);
}
