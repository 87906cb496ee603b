import { Argument, type Command } from 'commander';
import { addConnection, addList, addPatch, running } from './shared.ts';

/** Adds the commands for entitlement connections. */
export function addConnectionCommands(program: Command): void {
  const load = () => import('../connections.ts');
  const connections = program
    .command('connections')
    .description('Which accounts and identities hold which entitlements.');
  addList(
    connections,
    'List entitlement connections.',
    running(async () => (await load()).listConnections),
  )
    .option('--entitlement <id>', 'Only those of this entitlement: who holds it.')
    .option('--identity <id>', 'Only those of the accounts of this identity.')
    .option('--account <id>', 'Only those of this account.')
    .option('--source <name>', 'Only those of this source (name or id).')
    .option('--mine', 'List your own, which needs no rights of an administrator.');
  addPatch(connections, 'a connection', 'type=JIT').action(running(async () => (await load()).patchConnection));
  addConnection(connections.command('set-type').description('Set the type of connections.'))
    .addArgument(new Argument('<type>', 'The type.').choices(['JIT', 'STANDING']))
    .argument('<ids...>', 'Their ids.')
    .action(running(async () => (await load()).setTypes));
}
