/** Which attributes of identities a source is to receive (contract B.1): stored, but this server does not write to sources. */
import { illegalValue } from '../../errors.ts';
import type { Database } from '../../storage/database.ts';
import type { SyncedAttribute } from '../../storage/sources/source-settings.ts';
import type { ChangeOptions } from '../changes/change-context.ts';
import { refuseBadName, refuseUnstorable } from '../storable.ts';
import { shownValue } from '../shown-value.ts';
import { changeSetting, getSetting, type SettingOfSource } from './source-settings.ts';

export type { SyncedAttribute } from '../../storage/sources/source-settings.ts';

/** The maximum number of attributes. */
const mostAttributes = 500;

/** A configuration as clients send it, of which only the shape is checked. */
export interface AttributeSyncInput {
  readonly source: { readonly id?: string; readonly name?: string | null };
  readonly attributes: readonly SyncedAttribute[];
}

/** Returns the attributes that a source is to receive. Throws 404. */
export async function getAttributeSync(
  database: Database,
  sourceId: string,
): Promise<SettingOfSource<'attributeSync'>> {
  return getSetting(database, sourceId, 'attributeSync');
}

/**
 * Replaces the attributes that a source is to receive.
 * @throws 404; 412; 400 if the configuration names another source, and for blank and repeated names
 */
export async function putAttributeSync(
  database: Database,
  sourceId: string,
  { source, attributes }: AttributeSyncInput,
  options: ChangeOptions,
): Promise<SettingOfSource<'attributeSync'>> {
  refuseUnstorable({ source, attributes }, '');
  if (source.id !== undefined && source.id !== sourceId) {
    throw illegalValue(
      `Field "source.id" is ${shownValue(source.id)}. It must be the source of the path, "${sourceId}", or omitted.`,
    );
  }
  if (attributes.length > mostAttributes) {
    throw illegalValue(`Field "attributes" has ${attributes.length} members. At most ${mostAttributes} are allowed.`);
  }
  const names = new Set<string>();
  attributes.forEach(({ name, target }, index) => {
    refuseBadName(name, `attributes.${index}.name`);
    refuseBadName(target, `attributes.${index}.target`);
    if (names.has(name)) {
      throw illegalValue(`Field "attributes.${index}.name" is ${shownValue(name)}, as before. Names must differ.`);
    }
    names.add(name);
  });
  return changeSetting(database, sourceId, 'attributeSync', options, {
    edit: () => (attributes.length === 0 ? undefined : attributes),
  });
}
