import { illegalValue } from '../../errors.ts';
import { recordChanges } from '../../storage/changes/changes.ts';
import {
  findIdentityMapping,
  type IdentityMapping,
  setIdentityMapping,
} from '../../storage/sources/correlation-config.ts';
import type { Database } from '../../storage/database.ts';
import { pairOf } from '../../storage/identities/identity-attributes.ts';
import { touchSource } from '../../storage/sources/sources.ts';
import { shownValue } from '../shown-value.ts';
import { getSource, lockedSource } from '../sources/sources.ts';
import { refuseUnstorable } from '../storable.ts';
import { checkVersion } from '../version.ts';
import { effectiveMapping } from './identity-mapping.ts';
import { type ReapplyRequest, reapplySource } from './reapply-accounts.ts';

/** The maximum number of attributes, and of lifecycle states, of a mapping. */
const mostEntries = 200;

/** A mapping with the version of its source. */
export interface ShownIdentityMapping {
  readonly mapping: IdentityMapping;
  readonly version: number;
}

/** Returns the identity mapping of a source. Throws 404. */
export async function getIdentityMapping(database: Database, sourceId: string): Promise<ShownIdentityMapping> {
  const { version } = await getSource(database, sourceId);
  return { mapping: effectiveMapping(await findIdentityMapping(database.keyed, sourceId)), version };
}

/**
 * Sets the identity mapping of a source and processes its accounts again. Omitted parts have their defaults.
 * @throws 404; 412; 400 for names that are blank or too long, and for too many
 */
export async function putIdentityMapping(
  database: Database,
  sourceId: string,
  input: Partial<IdentityMapping>,
  ifMatch: number | undefined,
  request: ReapplyRequest,
): Promise<ShownIdentityMapping> {
  const given: IdentityMapping = {
    attributes: input.attributes ?? {},
    lifecycleStates: input.lifecycleStates ?? {},
  };
  refuseUnstorable(given, '');
  refuseBadMapping(given);
  return database.write(async (transaction) => {
    const source = await lockedSource(transaction, sourceId);
    checkVersion(ifMatch, source.version);
    const before = effectiveMapping(await findIdentityMapping(transaction, sourceId));
    const mapping = effectiveMapping(given);
    if (JSON.stringify(before) === JSON.stringify(mapping)) {
      return { mapping, version: source.version };
    }
    const now = Date.now();
    const isUsual = JSON.stringify(mapping) === JSON.stringify(effectiveMapping(null));
    await setIdentityMapping(transaction, sourceId, isUsual ? null : given);
    await touchSource(transaction, sourceId, now);
    await recordChanges(transaction, request.context, now, [
      {
        objectType: 'SOURCE',
        objectId: sourceId,
        kind: 'updated',
        before: { identityMapping: before },
        after: { identityMapping: mapping },
      },
    ]);
    if (source.authoritative) {
      await reapplySource(transaction, source, request, now);
    }
    return { mapping, version: source.version + 1 };
  });
}

function refuseBadMapping({ attributes, lifecycleStates }: IdentityMapping): void {
  for (const [field, entries] of Object.entries({ attributes, lifecycleStates })) {
    const { length } = Object.keys(entries);
    if (length > mostEntries) {
      throw illegalValue(`Field "${field}" has ${length} members. At most ${mostEntries} are allowed.`);
    }
  }
  for (const [name, from] of Object.entries(attributes)) {
    for (const text of [name, ...from]) {
      requireName(text, 'attributes', 'the name of an attribute');
    }
  }
  for (const text of Object.entries(lifecycleStates).flat()) {
    requireName(text, 'lifecycleStates', 'the name of a state');
  }
}

function requireName(text: string, field: string, what: string): void {
  if (text.trim() === '' || pairOf(text, 'any') === undefined) {
    throw illegalValue(`Field "${field}" contains ${shownValue(text)}. It must be ${what}, of at most 500 bytes.`);
  }
}
