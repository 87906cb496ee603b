import type { Command } from 'commander';
import { addConnection, addList, addSet, idArgument, running } from './shared.ts';

/** Adds the commands for sources. */
export function addSourceCommands(program: Command): void {
  const sources = program.command('sources').description('Sources.');
  addList(
    sources,
    'List sources by name.',
    running(async () => (await import('../sources.ts')).listSources),
  );
  addConnection(sources.command('get').description('Show a source.'))
    .argument('<name>', 'Its name or id.')
    .action(running(async () => (await import('../sources.ts')).getSource));
  const ofSource = (name: string, description: string): Command =>
    addConnection(sources.command(name).description(description)).argument('<name>', 'Its name or id.');
  ofSource('health', 'Show the state of a source after its last load.').action(
    running(async () => (await import('../source-state.ts')).showHealth),
  );
  ofSource('connections', 'Show what depends on a source.').action(
    running(async () => (await import('../source-state.ts')).showConnections),
  );
  ofSource('test', 'Test the settings, schemas and connection of a source; a failed test exits with 1.').action(
    running(async () => (await import('../source-state.ts')).testSource),
  );
  const schedules = () => import('../schedules.ts');
  ofSource('schedules', 'List the schedules of a source.').action(
    running(async () => (await schedules()).listSchedules),
  );
  ofSource('schedule', 'Set when a source that has a connection is read, in UTC.')
    .argument('<type>', 'accounts or entitlements.')
    .argument('<cron>', 'A Quartz expression, such as "0 0 5,13,21 * * ?".')
    .action(running(async () => (await schedules()).setSchedule));
  ofSource('unschedule', 'Delete a schedule of a source.')
    .argument('<type>', 'accounts or entitlements.')
    .action(running(async () => (await schedules()).deleteSchedule));
  const policies = () => import('../provisioning-policies.ts');
  const ofUsage = (name: string, description: string): Command =>
    ofSource(name, description).argument('<usage>', 'What the policy is for, such as CREATE.', idArgument);
  ofSource('policies', 'List the provisioning policies of a source.').action(
    running(async () => (await policies()).listPolicies),
  );
  ofUsage('policy', 'Show a provisioning policy.').action(running(async () => (await policies()).showPolicy));
  addSet(ofUsage('set-policy', 'Create or replace a provisioning policy and show it.'), 'name=Account')
    .option('--file <file>', 'A file with a JSON object, "-" for standard input.')
    .action(running(async () => (await policies()).setPolicy));
  ofUsage('delete-policy', 'Delete a provisioning policy.').action(
    running(async () => (await policies()).deletePolicy),
  );
  const stored = () => import('../stored-source-settings.ts');
  addSet(ofSource('attribute-sync', 'Show or replace the attributes that a source is to receive.'), 'attributes=[…]')
    .option('--file <file>', 'A file with a JSON object, "-" for standard input.')
    .action(running(async () => (await stored()).attributeSync));
  addSet(ofSource('native-changes', 'Show or replace which changes on a source are to be reported.'), 'enabled=true')
    .option('--file <file>', 'A file with a JSON object, "-" for standard input.')
    .option('--delete', 'Restore the default, which is none.')
    .action(running(async () => (await stored()).nativeChanges));
}
