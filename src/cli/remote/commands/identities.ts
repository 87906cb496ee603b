import { type Command, Option } from 'commander';
import { addConnection, addIfMatch, addList, addPaging, collected, idArgument, running } from './shared.ts';

/** The types of access; those without an object yet are left out. */
const accessTypes = ['account', 'entitlement'] as const;

/** Adds the commands for identities and their history. */
export function addIdentityCommands(program: Command): void {
  const load = () => import('../identities.ts');
  const identities = program.command('identities').description('Identities, and what they had access to.');
  const add = (name: string, description: string): Command =>
    addConnection(identities.command(name).description(description));
  const ofIdentity = (name: string, description: string): Command =>
    add(name, description).argument('<id>', 'The id of the identity.', idArgument);
  const typeOption = (): Option => new Option('--type <type>', 'Only this type of access.').choices(accessTypes);
  const time = 'A date, or a date and time such as 2026-01-31T12:00:00Z.';

  addList(
    identities,
    'List identities by name.',
    running(async () => (await load()).listIdentities),
  ).option('--uncorrelated', 'Also those without an authoritative account.');
  ofIdentity('get', 'Show an identity and its ETag.')
    .option('--at <time>', `Show it as of this time; it may be deleted. ${time}`)
    .action(running(async () => (await load()).getIdentity));
  ofIdentity('access', 'List the accounts and entitlements of an identity.')
    .option('--at <time>', `As of this time. ${time}`)
    .addOption(typeOption())
    .action(running(async () => (await load()).listAccess));
  addPaging(ofIdentity('history', 'List what happened to an identity, newest first; it may be deleted.'))
    .option('--from <time>', `Only at this time or later. ${time}`)
    .addOption(typeOption())
    .action(running(async () => (await load()).listEvents));
  ofIdentity('compare', 'List the access that an identity gained and lost between two times.')
    .argument('<from>', time)
    .argument('<to>', time)
    .addOption(typeOption())
    .action(running(async () => (await load()).compareAccess));
  ofIdentity('owns', 'List what an identity owns.').action(running(async () => (await load()).listOwned));
  add('process', 'Compute attributes, managers and correlation of identities again, in a task.')
    .argument('<id...>', 'The ids of up to 250 identities.', collectedId)
    .action(running(async () => (await load()).processIdentities));
  for (const verb of ['enable', 'disable'] as const) {
    const ofAll = verb === 'enable' ? 'Enable all accounts of an identity.' : 'Disable all accounts of an identity.';
    ofIdentity(`${verb}-accounts`, `${ofAll} On this server, not on the sources.`).action(
      running(async () => (await import('../account-changes.ts')).identityAccountsAction(verb)),
    );
  }
  addIfMatch(ofIdentity('reset', 'Remove all user levels of an identity.')).action(
    running(async () => (await load()).resetIdentity),
  );
  addIfMatch(ofIdentity('delete', 'Delete an identity with its tokens.')).action(
    running(async () => (await load()).deleteIdentity),
  );
}

function collectedId(text: string, before: readonly string[] | undefined): readonly string[] {
  return collected(idArgument(text), before);
}
