/**
 * Which changes that were made on a source itself are to be reported (contract B.1): stored, but no one is notified; the
 * change record has all changes.
 */
import { illegalValue } from '../../errors.ts';
import type { Database } from '../../storage/database.ts';
import type { NativeChangeDetection } from '../../storage/sources/source-settings.ts';
import type { ChangeOptions } from '../changes/change-context.ts';
import { refuseUnstorable } from '../storable.ts';
import { changeSetting, getSetting, type SettingOfSource } from './source-settings.ts';

export { nativeOperations, type NativeChangeDetection } from '../../storage/sources/source-settings.ts';

/** The maximum number of members of a list. */
const mostMembers = 1000;

/** The configuration of a source that has none. */
const off: NativeChangeDetection = {
  enabled: false,
  operations: [],
  allEntitlements: false,
  allNonEntitlementAttributes: false,
  selectedEntitlements: [],
  selectedNonEntitlementAttributes: [],
};

/** The configuration of a source, with the version of the source. */
export interface DetectionOfSource {
  readonly detection: NativeChangeDetection;
  readonly version: number;
}

/** Returns the configuration of a source. Throws 404 for the source. */
export async function getDetection(database: Database, sourceId: string): Promise<DetectionOfSource> {
  return ofSource(await getSetting(database, sourceId, 'nativeChangeDetection'));
}

/** Replaces the configuration of a source; what is missing is off or empty. Throws 404, 412, and 400 for too long lists. */
export async function putDetection(
  database: Database,
  sourceId: string,
  input: Partial<NativeChangeDetection>,
  options: ChangeOptions,
): Promise<DetectionOfSource> {
  refuseUnstorable(input, '');
  for (const [name, value] of Object.entries(input)) {
    if (Array.isArray(value) && value.length > mostMembers) {
      throw illegalValue(`Field "${name}" has ${value.length} members. At most ${mostMembers} are allowed.`);
    }
  }
  const value = { ...off, ...input };
  return ofSource(await changeSetting(database, sourceId, 'nativeChangeDetection', options, { edit: () => value }));
}

/** Deletes the configuration of a source. Throws 404 for the source, and 412. */
export async function deleteDetection(database: Database, sourceId: string, options: ChangeOptions): Promise<void> {
  await changeSetting(database, sourceId, 'nativeChangeDetection', options, { edit: () => undefined });
}

function ofSource({ value, version }: SettingOfSource<'nativeChangeDetection'>): DetectionOfSource {
  return { detection: value ?? off, version };
}
