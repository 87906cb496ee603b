import { type FollowFlags, followRequestedTask } from './follow-task.ts';
import { openClient } from './session.ts';
import { sourceNamed } from './sources.ts';

/** `muniment sources reset NAME`: deletes all entitlements of a source, waits for the task and prints the outcome. */
export async function resetSource(name: string, flags: FollowFlags): Promise<void> {
  const client = openClient(flags);
  const source = await sourceNamed(client, name);
  const { body } = await client.call('resetSourceEntitlements', { path: { id: source.id } });
  await followRequestedTask(client, body.id, flags);
}
