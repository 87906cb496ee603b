import type { Command } from 'commander';
import { addAccountCommands } from './commands/accounts.ts';
import { addConnectionCommands } from './commands/connections.ts';
import { addEntitlementCommands } from './commands/entitlements.ts';
import { addIdentityCommands } from './commands/identities.ts';
import { addImportCommand } from './commands/import.ts';
import { addMetadataCommands } from './commands/metadata.ts';
import { addProfileCommands } from './commands/profiles.ts';
import { addRequestConfigCommands } from './commands/request-config.ts';
import { addResourceCommands } from './commands/resources.ts';
import { addAssignmentCommands } from './commands/segments.ts';
import { addSourceCommands } from './commands/sources.ts';
import { addTagCommands } from './commands/tags.ts';
import { addTaskCommands } from './commands/tasks.ts';
import { addTokenCommands } from './commands/tokens.ts';
import { addWorkgroupCommands } from './commands/workgroups.ts';
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
  addIdentityCommands(program);
  addRequestConfigCommands(program);
  addConnectionCommands(program);
  for (const resource of resources) {
    const noun = addResourceCommands(program, resource);
    if (resource.nouns === 'workgroups') {
      addWorkgroupCommands(noun);
    } else if (resource.nouns === 'segments') {
      addAssignmentCommands(noun);
    }
  }
  addMetadataCommands(program);
  addTagCommands(program);
  addTaskCommands(program);
  addTokenCommands(program);
}
