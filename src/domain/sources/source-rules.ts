/** What a source must fulfil beside the shape of its document. */
import { connectors, findConnector } from '../../connectors/index.ts';
import type { Connector } from '../../connectors/connector.ts';
import { alreadyExists, illegalValue, referencedObjectNotFound } from '../../errors.ts';
import type { Transaction } from '../../storage/database.ts';
import { fold } from '../../storage/query/fold.ts';
import { findIdentity } from '../../storage/identities/identities.ts';
import { findSourceIdByName, type SourceOwner } from '../../storage/sources/sources.ts';
import { shownValue } from '../shown-value.ts';
import type { SourceInput } from './source-document.ts';

/** The connector a new source asks for. Throws a 400 when there is no such one, or its type is another. */
export function connectorOf(input: SourceInput, asDelimitedFile: boolean): Connector {
  const name = asDelimitedFile ? 'DelimitedFile' : (input.connector ?? undefined);
  const connector = name === undefined ? undefined : findConnector(name);
  if (connector === undefined) {
    const allowed = connectors.map(({ scriptName }) => scriptName).join(', ');
    throw illegalValue(
      name === undefined
        ? `Field "connector" is required. Allowed is ${allowed}.`
        : `Field "connector" is ${shownValue(name)}. Allowed is ${allowed}.`,
    );
  }
  const type = input.type ?? connector.type;
  if (!asDelimitedFile && type !== connector.type) {
    throw illegalValue(
      `Field "type" is ${shownValue(type)}. With connector ${connector.scriptName} it is ${connector.type}; it may be left out.`,
    );
  }
  return connector;
}

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
