import { type Command, Option } from 'commander';
import { objectTypes } from '../tagged-types.ts';
import { addConnection, addList, addPaging, running } from './shared.ts';

/** Adds the commands for tags and the objects that have them. */
export function addTagCommands(program: Command): void {
  const load = () => import('../tags.ts');
  const tags = program.command('tags').description('Tags of entitlements, identities and sources.');
  const add = (name: string, description: string): Command =>
    addConnection(tags.command(name).description(description));

  addList(
    tags,
    'List tags by name.',
    running(async () => (await load()).listTags),
  );
  addPaging(add('objects', 'List the objects with tags.'))
    .option('--tag <tag>', 'Only those with this tag.')
    .addOption(new Option('--type <type>', 'Only those of this type.').choices(objectTypes))
    .action(running(async () => (await load()).listTaggedObjects));
  add('create', 'Create a tag. Adding a new tag to an object also creates it.')
    .argument('<name>', 'Its name, such as PCI.')
    .action(running(async () => (await load()).createTag));
  add('delete', 'Delete a tag that no object has.')
    .argument('<tag>', 'Its name or id.')
    .action(running(async () => (await load()).deleteTag));
  addObjects(add('add', 'Add a tag to objects.')).action(running(async () => (await load()).addTag));
  addObjects(add('remove', 'Remove a tag from objects.')).action(running(async () => (await load()).removeTag));
}

function addObjects(command: Command): Command {
  return command
    .argument('<tag>', 'The name of the tag.')
    .argument('<ids...>', 'The ids of the objects.')
    .addOption(
      new Option('--type <type>', 'The type of the objects.').choices(objectTypes).default('ENTITLEMENT' as const),
    );
}
