import type { Command } from 'commander';
import { addConnection, addIfMatch, addList, addPaging, addSet, collected, idArgument, running } from './shared.ts';

/** Adds the commands for access model metadata. */
export function addMetadataCommands(program: Command): void {
  const load = () => import('../metadata.ts');
  const metadata = program.command('metadata').description('Access model metadata: attributes and values.');
  const add = (name: string, description: string): Command =>
    addConnection(metadata.command(name).description(description));
  const ofAttribute = (command: Command): Command => command.argument('<key>', 'The key of the attribute.', idArgument);
  const ofEntitlement = (command: Command): Command =>
    ofAttribute(command.argument('<id>', 'The id of the entitlement.', idArgument)).argument(
      '<value>',
      'The value.',
      idArgument,
    );
  const example = 'name="Back Office" or multiselect=true';

  addList(
    metadata,
    'List attributes with their values.',
    running(async () => (await load()).listAttributes),
  );
  ofAttribute(add('get', 'Show an attribute and its ETag.')).action(running(async () => (await load()).getAttribute));
  addSet(add('create', 'Create an attribute and show it.'), example)
    .option('--file <file>', 'A file with a JSON object, "-" for standard input.')
    .action(running(async () => (await load()).createAttribute));
  addIfMatch(
    addSet(ofAttribute(add('patch', 'Change an attribute and show it.')), example).option(
      '--file <file>',
      'A file with a JSON Patch (RFC 6902), "-" for standard input.',
    ),
  ).action(running(async () => (await load()).patchAttribute));
  addPaging(ofAttribute(add('values', 'List the values of an attribute.'))).action(
    running(async () => (await load()).listValues),
  );
  ofAttribute(add('add-value', 'Add a value to an attribute.'))
    .argument('<name>', 'The name of the value.')
    .option('--value <value>', 'Its key. Default: the name in camel case.')
    .action(running(async () => (await load()).addValue));
  ofAttribute(add('rename-value', 'Rename a value of an attribute.'))
    .argument('<value>', 'The value.', idArgument)
    .argument('<name>', 'Its new name.')
    .action(running(async () => (await load()).renameValue));
  ofEntitlement(add('assign', 'Add a value to an entitlement and show the entitlement.')).action(
    running(async () => (await load()).assignValue),
  );
  ofEntitlement(add('unassign', 'Remove a value from an entitlement.')).action(
    running(async () => (await load()).unassignValue),
  );
  add('update', 'Change the metadata of many entitlements in a task.')
    .argument('<operation>', 'add, remove or replace.')
    .argument('<key=value...>', 'Values, such as iscRisk=high. KEY= removes or replaces all values of the attribute.')
    .option('--filters <filter>', `The entitlements that match a filter, such as 'source.id eq "ID"'.`)
    .option('--id <id>', 'The entitlement with this id; repeatable.', collected)
    .option('--scope <scope>', 'What replace replaces: "attribute" (the default) or "all" metadata.')
    .action(running(async () => (await load()).updateMetadata));
}
