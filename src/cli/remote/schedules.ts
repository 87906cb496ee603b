import type { Schedule } from '../../client/operations.ts';
import { CommandFailure } from '../exit-codes.ts';
import { onePage, showList } from './list.ts';
import { write, writeJson } from './output.ts';
import { openClient, type RemoteFlags, showObject } from './session.ts';
import { sourceNamed } from './sources.ts';

const types = { accounts: 'ACCOUNT_AGGREGATION', entitlements: 'GROUP_AGGREGATION' } as const;

/** `muniment sources schedules NAME` */
export async function listSchedules(name: string, flags: RemoteFlags): Promise<void> {
  const client = openClient(flags);
  const { id: sourceId } = await sourceNamed(client, name);
  const { body } = await client.call('getSourceSchedules', { path: { sourceId } });
  await showList<Schedule>(
    { ...flags, all: true },
    [
      { heading: 'TYPE', cell: ({ type }) => type },
      { heading: 'CRON EXPRESSION', cell: ({ cronExpression }) => cronExpression, isWhole: true },
    ],
    onePage(body),
  );
}

/** `muniment sources schedule NAME TYPE CRON`: creates the schedule or changes it. */
export async function setSchedule(
  name: string,
  what: string,
  cronExpression: string,
  flags: RemoteFlags,
): Promise<void> {
  const client = openClient(flags);
  const scheduleType = typeOf(what);
  const { id: sourceId } = await sourceNamed(client, name);
  const existing = (await client.call('getSourceSchedules', { path: { sourceId } })).body;
  const { body } = existing.some(({ type }) => type === scheduleType)
    ? await client.call('updateSourceSchedule', {
        path: { sourceId, scheduleType },
        body: [{ op: 'replace', path: '/cronExpression', value: cronExpression }],
      })
    : await client.call('createSourceSchedule', { path: { sourceId }, body: { type: scheduleType, cronExpression } });
  await showObject(flags, body);
}

/** `muniment sources unschedule NAME TYPE` */
export async function deleteSchedule(name: string, what: string, flags: RemoteFlags): Promise<void> {
  const client = openClient(flags);
  const scheduleType = typeOf(what);
  const { id: sourceId } = await sourceNamed(client, name);
  await client.call('deleteSourceSchedule', { path: { sourceId, scheduleType } });
  await (flags.json === true
    ? writeJson({ sourceId, type: scheduleType })
    : write(`The ${what} of ${name} are no longer read on a schedule.\n`));
}

function typeOf(what: string): (typeof types)[keyof typeof types] {
  if (what !== 'accounts' && what !== 'entitlements') {
    throw new CommandFailure('wrongUse', `"${what}" cannot be scheduled. It must be accounts or entitlements.`);
  }
  return types[what];
}
