/** References in requests, such as owners, and the common check of them. Most refer to identities. */
import { illegalValue, referencedObjectNotFound } from '../../errors.ts';
import type { Transaction } from '../../storage/database.ts';
import { findReferencedIdentities } from '../../storage/identities/identities.ts';
import { fold } from '../../storage/query/fold.ts';
import { shownValue } from '../shown-value.ts';

/** A reference in a request. The name is optional. */
export interface ReceivedReference {
  readonly id: string;
  readonly name?: string | null | undefined;
}

/** A reference to be looked up, with its field and noun for errors, e.g. `owner`. */
export interface NewReference extends ReceivedReference {
  readonly field: string;
  readonly noun: string;
}

/** The kind of objects that references lead to. */
export interface Referenced {
  /** The noun in error messages. */
  readonly noun: string;
  /** Returns the objects with these ids that exist, which then cannot be deleted until the transaction ends. */
  readonly find: (
    transaction: Transaction,
    ids: readonly string[],
  ) => Promise<readonly { readonly id: string; readonly name: string }[]>;
}

const identities: Referenced = { noun: 'identity', find: findReferencedIdentities };

/**
 * Returns the reference to be looked up, or undefined if it has not changed: existing references are not checked again.
 * A patch of the id alone leaves the name of the former identity next to it, which is then ignored.
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
 * Looks up objects in one query and returns their names by id.
 * @throws 400 for one that does not exist, or whose name differs from the one in the request, ignoring case
 */
export async function checkReferences(
  transaction: Transaction,
  references: readonly NewReference[],
  referenced: Referenced = identities,
): Promise<ReadonlyMap<string, string>> {
  const names = await namesOfReferences(transaction, references, referenced);
  refuseWrongReferences(references, names, referenced);
  return names;
}

/** Returns the names of the objects of references by id, in one query, without those that do not exist. */
export async function namesOfReferences(
  transaction: Transaction,
  references: readonly NewReference[],
  { find }: Referenced = identities,
): Promise<ReadonlyMap<string, string>> {
  // PostgreSQL does not accept NUL in text, and no id contains one.
  const ids = new Set(references.map(({ id }) => id).filter((id) => !id.includes('\0')));
  return new Map((await find(transaction, [...ids])).map(({ id, name }) => [id, name]));
}

/** Throws as `checkReferences`, given the names of the objects that exist. */
export function refuseWrongReferences(
  references: readonly NewReference[],
  names: ReadonlyMap<string, string>,
  { noun: kind }: Referenced = identities,
): void {
  for (const { field, noun, id, name } of references) {
    const known = names.get(id);
    if (known === undefined) {
      throw referencedObjectNotFound(noun, id);
    }
    if (name !== undefined && name !== null && fold(name) !== fold(known)) {
      throw illegalValue(
        `Field "${field}.name" is ${shownValue(name)}, but ${kind} ${id} is called ${shownValue(known)}. Send that name or omit it.`,
      );
    }
  }
}

/** Returns a single reference after a change; null for none. Throws as `checkReferences`. */
export async function referenceAfter<B extends { readonly id: string; readonly name: string | null }>(
  transaction: Transaction,
  field: string,
  received: ReceivedReference | null | undefined,
  before: B | null | undefined,
  to: Referenced = identities,
): Promise<B | { readonly id: string; readonly name: string } | null> {
  if (received === null || received === undefined) {
    return null;
  }
  const wanted = newReference(field, received, before);
  if (wanted === undefined) {
    return before ?? null;
  }
  const names = await checkReferences(transaction, [wanted], to);
  return { id: wanted.id, name: names.get(wanted.id) ?? '' };
}
