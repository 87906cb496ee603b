import { type Command, Option } from 'commander';
import {
  addConnection,
  addIfMatch,
  addList,
  addPaging,
  addPatch,
  addSet,
  collected,
  idArgument,
  requireSource,
  running,
  timeoutOption,
} from './shared.ts';

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
  addSet(
    addConnection(entitlements.command('bulk-update').description('Change up to 50 entitlements, all or none.')),
    'requestable=true or privilegeOverride.level=HIGH',
  )
    .argument('<ids...>', 'Their ids.')
    .option('--file <file>', 'A file with a JSON Patch (RFC 6902), "-" for standard input.')
    .action(running(async () => (await import('../entitlements.ts')).bulkUpdateEntitlements));
  addBulkCommands(entitlements);
  addIfMatch(addConnection(entitlements.command('delete').description('Delete an entitlement.')))
    .argument('<id>', 'Its id.', idArgument)
    .action(running(async () => (await import('../entitlements.ts')).deleteEntitlement));
  addConnection(entitlements.command('bulk-delete').description('Delete up to 50 entitlements in a task.'))
    .argument('<ids...>', 'Their ids.')
    .option('--no-wait', 'Print the id of the task and exit.')
    .addOption(timeoutOption())
    .action(running(async () => (await import('../entitlements.ts')).bulkDeleteEntitlements));
  addPaging(addConnection(entitlements.command('history').description('List its changes, newest first.')))
    .argument('<id>', 'Its id; it may be deleted.', idArgument)
    .action(running(async () => (await import('../entitlements.ts')).listHistory));
}

function addBulkCommands(entitlements: Command): void {
  addSet(
    addConnection(
      entitlements
        .command('update')
        .description('Change any number of entitlements in a task, or show what would change.'),
    ),
    'requestable=true, owner=ID or privilegeOverride.level=HIGH',
  )
    .addOption(
      new Option('--filters <filter>', `Those that match a filter, such as 'source.id eq "ID"'.`).conflicts('id'),
    )
    .option('--id <id>', 'The one with this id; repeatable.', collected)
    .option('--file <file>', 'A file with a JSON Patch (RFC 6902), "-" for standard input.')
    .option(
      '--metadata <key=value>',
      'A value of a metadata attribute; repeatable. KEY= stands for all its values.',
      collected,
    )
    .addOption(
      new Option('--metadata-operation <operation>', 'What to do with it.').choices(bulkOperations).default('add'),
    )
    .option('--tag <tag>', 'A tag; repeatable.', collected)
    .addOption(new Option('--tag-operation <operation>', 'What to do with it.').choices(bulkOperations).default('add'))
    .addOption(
      new Option('--request-config <json>', 'The request configuration as a JSON object, or null to inherit it.'),
    )
    .option('--dry-run', 'Show what would change, and change nothing.')
    .option('--no-wait', 'Print the id of the task and exit.')
    .addOption(timeoutOption())
    .action(running(async () => (await import('../bulk-changes.ts')).updateEntitlements));
  addConnection(
    entitlements
      .command('import-details')
      .description('Set names, descriptions and privileges of existing entitlements from a CSV file.'),
  )
    .argument('<file>', 'The CSV file, or "-" for standard input.')
    .option('--source <name>', 'The name or id of the source. Required.')
    .action(running(async () => (await import('../bulk-changes.ts')).importDetails))
    .hook('preAction', requireSource);
}

const bulkOperations = ['add', 'remove', 'replace'] as const;
