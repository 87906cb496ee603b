import { listed } from '../../error-text.ts';
import { illegalValue } from '../../errors.ts';
import { nearest } from '../../likeness.ts';
import type { Session } from '../../storage/database.ts';
import { findUsedAttributes } from '../../storage/identities/known-attributes.ts';
import { fold } from '../../storage/query/fold.ts';
import type { VisibilityCriteria } from '../../storage/segments/segments.ts';
import { findCorrelatingSources, findIdentityMapping } from '../../storage/sources/correlation-config.ts';
import { findSchemas } from '../../storage/sources/source-schemas.ts';
import { shownValue } from '../shown-value.ts';
import { accountSchemaOf } from '../sources/schema-rules.ts';
import { placedTests } from './visibility-criteria.ts';

/** The attributes that every server knows: the fields of an identity. */
const builtIn = [
  'id',
  'uid',
  'alias',
  'name',
  'displayName',
  'email',
  'emailAddress',
  'firstname',
  'lastname',
  'manager',
  'cloudLifecycleState',
];

/**
 * The usual attributes of people, by their names in the contract's examples: segments for them can be created before the
 * people are loaded.
 */
const usual = ['location', 'department'];

/** The maximum edit distance of a misspelt name; less for short ones. */
const mostSlips = 2;

/**
 * Rejects criteria on attributes that no identity can have: misspelt, they would hide entitlements from everyone. Attributes
 * that the criteria had before are not checked again.
 * @throws 400 with the place, the name and the attributes that exist
 */
export async function refuseUnknownAttributes(
  session: Session,
  criteria: VisibilityCriteria,
  before: VisibilityCriteria | null | undefined,
): Promise<void> {
  const known = new Set([...builtIn, ...usual, ...placedAttributes(before).map(({ name }) => name)].map(fold));
  const added = placedAttributes(criteria).filter(({ name }) => !known.has(fold(name)));
  const used = await findUsedAttributes(session, [...new Set(added.map(({ name }) => fold(name)))]);
  const unused = added.filter(({ name }) => !used.has(fold(name)));
  if (unused.length === 0) {
    return;
  }
  const loaded = await loadedAttributes(session);
  const loadable = new Set(loaded.map(fold));
  const unknown = unused.find(({ name }) => !loadable.has(fold(name)));
  if (unknown !== undefined) {
    const { place, name } = unknown;
    // Once each without regard to case, as the sources spell them.
    const names = [...new Map([...builtIn, ...usual, ...loaded].map((one) => [fold(one), one])).values()];
    const meant = nearest(name, names, Math.min(mostSlips, Math.floor(name.length / 3)));
    throw illegalValue(
      `Field "${place}" is ${shownValue(name)}, but no identity has an attribute of this name. ${
        meant === undefined ? `It must be one of ${listed(names)}.` : `Write ${meant}.`
      }`,
    );
  }
}

/** Returns the attributes of criteria, and where they are. */
function placedAttributes(criteria: VisibilityCriteria | null | undefined): { place: string; name: string }[] {
  if (criteria === null || criteria === undefined) {
    return [];
  }
  return placedTests(criteria).map(({ place, test }) => ({ place: `${place}.attribute`, name: test.attribute }));
}

/**
 * Returns the names of the attributes that identities get from authoritative sources: the single-valued attributes of the
 * account schemas, and those that the identity mappings add.
 */
async function loadedAttributes(session: Session): Promise<string[]> {
  const names: string[] = [];
  for (const { id, authoritative } of await findCorrelatingSources(session)) {
    if (authoritative) {
      const schema = accountSchemaOf(await findSchemas(session, id));
      const mapping = await findIdentityMapping(session, id);
      names.push(...(schema?.attributes ?? []).filter(({ isMulti }) => !isMulti).map(({ name }) => name));
      names.push(...Object.keys(mapping?.attributes ?? {}));
    }
  }
  return [...new Set(names)].toSorted();
}
