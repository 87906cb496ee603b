import { CommandFailure } from '../exit-codes.ts';
import { writeJson } from './output.ts';
import { openClient, type RemoteFlags, showObject } from './session.ts';
import { sourceNamed } from './sources.ts';

/** `muniment sources health NAME` */
export async function showHealth(name: string, flags: RemoteFlags): Promise<void> {
  const client = openClient(flags);
  const { id: sourceId } = await sourceNamed(client, name);
  await showObject(flags, (await client.call('getSourceHealth', { path: { sourceId } })).body);
}

/** `muniment sources connections NAME` */
export async function showConnections(name: string, flags: RemoteFlags): Promise<void> {
  const client = openClient(flags);
  const { id: sourceId } = await sourceNamed(client, name);
  await showObject(flags, (await client.call('getSourceConnections', { path: { sourceId } })).body);
}

/** `muniment sources test NAME`. @throws CommandFailure if the test fails */
export async function testSource(name: string, flags: RemoteFlags): Promise<void> {
  const client = openClient(flags);
  const { id: sourceId } = await sourceNamed(client, name);
  const { body } = await client.call('testSourceConfiguration', { path: { sourceId } });
  if (body.status === 'SUCCESS') {
    await showObject(flags, body);
    return;
  }
  if (flags.json === true) {
    await writeJson(body);
  }
  throw new CommandFailure('failed', `Source "${body.name}" failed the test. ${body.details.error ?? ''}`.trim());
}
