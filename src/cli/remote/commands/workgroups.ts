import type { Command } from 'commander';
import { addConnection, addPaging, idArgument, running } from './shared.ts';

/** Adds the commands for governance groups that other plain governance objects do not have. */
export function addWorkgroupCommands(workgroups: Command): void {
  const load = () => import('../workgroups.ts');
  addPaging(addConnection(workgroups.command('connections').description('List the sources that a group manages.')))
    .argument('<id>', 'The id of the group.', idArgument)
    .action(running(async () => (await load()).listConnections));
  addConnection(
    workgroups.command('bulk-delete').description('Delete several groups, except those in use, and say what happened.'),
  )
    .argument('<ids...>', 'The ids of the groups.')
    .action(running(async () => (await load()).deleteGroups));

  const members = workgroups.command('members').description('Members of governance groups.');
  addPaging(addConnection(members.command('list').description('List the members of a group.')))
    .argument('<id>', 'The id of the group.', idArgument)
    .action(running(async () => (await load()).listMembers));
  addConnection(members.command('add').description('Add members to a group.'))
    .argument('<id>', 'The id of the group.', idArgument)
    .argument('<identities...>', 'The ids of the identities.')
    .action(running(async () => (await load()).addMembers));
  addConnection(members.command('remove').description('Remove members from a group.'))
    .argument('<id>', 'The id of the group.', idArgument)
    .argument('<identities...>', 'The ids of the identities.')
    .action(running(async () => (await load()).removeMembers));
}
