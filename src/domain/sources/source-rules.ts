/** What a source must fulfil beside the shape of its document. */
import { alreadyExists, illegalValue, referencedObjectNotFound } from '../../errors.ts';
import type { Transaction } from '../../storage/database.ts';
import { fold } from '../../storage/query/fold.ts';
import { findIdentity } from '../../storage/identities/identities.ts';
import { findSourceIdByName, type SourceOwner } from '../../storage/sources/sources.ts';
import { shownValue } from '../shown-value.ts';
import type { SourceInput } from './source-document.ts';

/** Throws a 400 when a source has the name already. */
export async function refuseTakenName(transaction: Transaction, name: string): Promise<void> {
  if ((await findSourceIdByName(transaction, name)) !== undefined) {
    throw alreadyExists('A source', 'name', name);
  }
}

/** The owner a client asks for. Throws a 400 when there is no such identity, or it has another name. */
export async function ownerOf(
  transaction: Transaction,
  { owner }: SourceInput,
  before: SourceOwner | null,
): Promise<SourceOwner | null> {
  if (owner === null) {
    return null;
  }
  const identity = await findIdentity(transaction, owner.id);
  if (identity === undefined) {
    if (owner.id === before?.id) {
      return before;
    }
    throw referencedObjectNotFound('identity', owner.id);
  }
  const name = owner.name ?? identity.name;
  // A patch of the owner's id alone leaves the former owner's name beside it.
  if (fold(name) !== fold(identity.name) && name !== before?.name) {
    throw illegalValue(
      `Field "owner.name" is ${shownValue(name)}, but identity ${owner.id} is ${shownValue(identity.name)}. Send that name or leave it out.`,
    );
  }
  return { id: identity.id, name: identity.name };
}
