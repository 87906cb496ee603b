import { type Command, Option } from 'commander';
import { addConnection, addList, addPaging, addPatch, collected, idArgument, running } from './shared.ts';

/** Adds the commands for entitlements. */
export function addEntitlementCommands(program: Command): void {
  const entitlements = program.command('entitlements').description('Entitlements.');
  addList(
    entitlements,
    'List entitlements by name.',
    running(async () => (await import('../entitlements.ts')).listEntitlements),
  )
    .option('--source <name>', 'Only those of this source (name or id).')
    .option('--type <type>', 'Only those of this type.')
    .addOption(
      new Option('--segmented-for <identity>', 'Only those that you may see because of your segments: me.').conflicts(
        'segment',
      ),
    )
    .option('--segment <id>', 'Only those of this segment; repeatable.', collected)
    .option('--no-unsegmented', 'With --segmented-for or --segment: not those without an active segment.');
  addConnection(entitlements.command('get').description('Show an entitlement and its ETag.'))
    .argument('<id>', 'Its id.', idArgument)
    .action(running(async () => (await import('../entitlements.ts')).getEntitlement));
  addPatch(entitlements, 'an entitlement', 'requestable=true, owner=ID or privilegeOverride.level=HIGH').action(
    running(async () => (await import('../entitlements.ts')).patchEntitlement),
  );
  addPaging(addConnection(entitlements.command('history').description('List its changes, newest first.')))
    .argument('<id>', 'Its id; it may be deleted.', idArgument)
    .action(running(async () => (await import('../entitlements.ts')).listHistory));
}
