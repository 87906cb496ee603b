import type { Command } from 'commander';
import type { RemoteResource } from '../resource-nouns.ts';
import {
  addConnection,
  addFilters,
  addIfMatch,
  addPaging,
  addPatch,
  addSet,
  defaultVerb,
  idArgument,
  running,
} from './shared.ts';

/** The commands for plain governance objects, which are the same for all kinds. Returns the noun, for further ones. */
export function addResourceCommands(program: Command, resource: RemoteResource): Command {
  const { nouns, one, example } = resource;
  const load = () => import('../resources.ts');
  const noun = program.command(nouns).description(`${nouns[0]?.toUpperCase()}${nouns.slice(1)}.`);
  const list = addPaging(addConnection(defaultVerb(noun, 'list').description(`List ${nouns}.`)));
  (resource.isFiltered === true ? addFilters(list) : list).action(
    running(async () => (await load()).listResources.bind(null, resource)),
  );
  addConnection(noun.command('get').description(`Show ${one} and its ETag.`))
    .argument('<id>', 'Its id.', idArgument)
    .action(running(async () => (await load()).getResource.bind(null, resource)));
  addSet(addConnection(noun.command('create').description(`Create ${one} and show it.`)), example)
    .option('--file <file>', 'A file with a JSON object, "-" for standard input.')
    .action(running(async () => (await load()).createResource.bind(null, resource)));
  addPatch(noun, one, example).action(running(async () => (await load()).patchResource.bind(null, resource)));
  addIfMatch(addConnection(noun.command('delete').description(`Delete ${one}.`)))
    .argument('<id>', 'Its id.', idArgument)
    .action(running(async () => (await load()).deleteResource.bind(null, resource)));
  return noun;
}
