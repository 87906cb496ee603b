/** Reads and changes the settings of sources that are documents of their own. They have the version of their source. */
import { recordChanges } from '../../storage/changes/changes.ts';
import type { Database, Transaction } from '../../storage/database.ts';
import { findSetting, setSetting, type SourceSettings } from '../../storage/sources/source-settings.ts';
import { type Source, touchSource } from '../../storage/sources/sources.ts';
import type { ChangeOptions } from '../changes/change-context.ts';
import { checkVersion } from '../version.ts';
import { getSource, lockedSource } from './sources.ts';

/** A setting of a source; undefined if it is not set. */
export interface SettingOfSource<N extends keyof SourceSettings> {
  readonly source: Source;
  readonly value: SourceSettings[N] | undefined;
  /** The version of the source. */
  readonly version: number;
}

/** A change of a setting. */
export interface SettingChange<N extends keyof SourceSettings> {
  /** Returns the new value; undefined deletes the setting. May run more than once. */
  readonly edit: (before: SourceSettings[N] | undefined, source: Source) => SourceSettings[N] | undefined;
  /** Called in the same transaction if the value has changed. */
  readonly andThen?: (transaction: Transaction, source: Source, now: number) => Promise<void>;
}

/** Returns a setting of a source. Throws 404. */
export async function getSetting<N extends keyof SourceSettings>(
  database: Database,
  sourceId: string,
  name: N,
): Promise<SettingOfSource<N>> {
  const source = await getSource(database, sourceId);
  return { source, value: await findSetting(database.keyed, sourceId, name), version: source.version };
}

/** Changes and records a setting of a source. Writes nothing if nothing differs. Throws 404, 412, and what `edit` throws. */
export async function changeSetting<N extends keyof SourceSettings>(
  database: Database,
  sourceId: string,
  name: N,
  { ifMatch, context }: ChangeOptions,
  { edit, andThen }: SettingChange<N>,
): Promise<SettingOfSource<N>> {
  return database.write(async (transaction) => {
    const source = await lockedSource(transaction, sourceId);
    checkVersion(ifMatch, source.version);
    const before = await findSetting(transaction, sourceId, name);
    const value = edit(before, source);
    if (JSON.stringify(value) === JSON.stringify(before)) {
      return { source, value: before, version: source.version };
    }
    const now = Date.now();
    await setSetting(transaction, sourceId, name, value);
    await touchSource(transaction, sourceId, now);
    await recordChanges(transaction, context, now, [
      {
        objectType: 'SOURCE',
        objectId: sourceId,
        kind: 'updated',
        before: { [name]: before ?? null },
        after: { [name]: value ?? null },
      },
    ]);
    await andThen?.(transaction, source, now);
    return { source, value, version: source.version + 1 };
  });
}
