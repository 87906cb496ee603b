/** References to identities as clients send them: the one check that owners and the like go through. */
import { illegalValue, referencedObjectNotFound } from '../../errors.ts';
import type { Transaction } from '../../storage/database.ts';
import { findIdentities } from '../../storage/identities/identities.ts';
import { fold } from '../../storage/query/fold.ts';
import { shownValue } from '../shown-value.ts';

/** A reference in a request. The name may be left out. */
export interface ReceivedReference {
  readonly id: string;
  readonly name?: string | null | undefined;
}

/** A reference that has to be looked up, with its place for errors, e.g. field `owner` and noun `owner`. */
export interface NewReference extends ReceivedReference {
  readonly field: string;
  readonly noun: string;
}

/**
 * The reference that has to be looked up, or undefined where nothing has changed: what is there already is not judged.
 * A patch of the id alone leaves the name of the former identity beside it, which is taken for no name.
 */
export function newReference(
  field: string,
  received: ReceivedReference,
  before: ReceivedReference | null | undefined,
): NewReference | undefined {
  const name = received.name === before?.name ? undefined : (received.name ?? undefined);
  return received.id === before?.id && name === undefined ? undefined : { field, noun: field, id: received.id, name };
}

/**
 * Looks up identities in one query and returns their names by id.
 * @throws 400 for one that does not exist, or that has another name than the request says, whatever its case
 */
export async function checkReferences(
  transaction: Transaction,
  references: readonly NewReference[],
): Promise<ReadonlyMap<string, string>> {
  const identities = await findIdentities(
    transaction,
    references.map(({ id }) => id),
  );
  const names = new Map(identities.map(({ id, name }) => [id, name]));
  for (const { field, noun, id, name } of references) {
    const known = names.get(id);
    if (known === undefined) {
      throw referencedObjectNotFound(noun, id);
    }
    if (name !== undefined && name !== null && fold(name) !== fold(known)) {
      throw illegalValue(
        `Field "${field}.name" is ${shownValue(name)}, but identity ${id} is called ${shownValue(known)}. Send that name or none.`,
      );
    }
  }
  return names;
}

/** A single reference after a change; null for none. Throws as `checkReferences`. */
export async function referenceAfter<B extends { readonly id: string; readonly name: string | null }>(
  transaction: Transaction,
  field: string,
  received: ReceivedReference | null | undefined,
  before: B | null | undefined,
): Promise<B | { readonly id: string; readonly name: string } | null> {
  if (received === null || received === undefined) {
    return null;
  }
  const wanted = newReference(field, received, before);
  if (wanted === undefined) {
    return before ?? null;
  }
  const names = await checkReferences(transaction, [wanted]);
  return { id: wanted.id, name: names.get(wanted.id) ?? '' };
}
