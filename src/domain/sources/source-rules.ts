/** What a source must fulfil beside the shape of its document. */
import { connectors, findConnector } from '../../connectors/index.ts';
import type { Connector } from '../../connectors/connector.ts';
import { alreadyExists, illegalValue } from '../../errors.ts';
import type { Transaction } from '../../storage/database.ts';
import { findSourceIdByName } from '../../storage/sources/sources.ts';
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
