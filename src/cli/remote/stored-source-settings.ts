import { CommandFailure } from '../exit-codes.ts';
import { type GivenFields, objectFrom } from './given-fields.ts';
import { openClient, type RemoteFlags, showObject } from './session.ts';
import { sourceNamed } from './sources.ts';

type SettingFlags = RemoteFlags & GivenFields;

/** `muniment sources attribute-sync NAME`: shows the configuration, after replacing it if a new one is given. */
export async function attributeSync(name: string, flags: SettingFlags): Promise<void> {
  const given = isGiven(flags) ? await objectFrom(flags) : undefined;
  const client = openClient(flags);
  const { id } = await sourceNamed(client, name);
  const path = { id };
  const { body } =
    given === undefined
      ? await client.call('getSourceAttrSyncConfig', { path })
      : await client.call('putSourceAttrSyncConfig', { path, body: { source: { id }, ...given } as never });
  await showObject(flags, body);
}

/** `muniment sources native-changes NAME`: shows the configuration, after replacing or deleting it if that is wanted. */
export async function nativeChanges(name: string, flags: SettingFlags & { readonly delete?: true }): Promise<void> {
  if (flags.delete === true && isGiven(flags)) {
    throw new CommandFailure('wrongUse', 'Use either --delete, or --set or --file.');
  }
  const given = isGiven(flags) ? await objectFrom(flags) : undefined;
  const client = openClient(flags);
  const { id: sourceId } = await sourceNamed(client, name);
  const path = { sourceId };
  if (flags.delete === true) {
    await client.call('deleteNativeChangeDetectionConfig', { path });
  }
  const { body } =
    given === undefined
      ? await client.call('getNativeChangeDetectionConfig', { path })
      : await client.call('putNativeChangeDetectionConfig', { path, body: given });
  await showObject(flags, body);
}

function isGiven({ set, file }: GivenFields): boolean {
  return set !== undefined || file !== undefined;
}
