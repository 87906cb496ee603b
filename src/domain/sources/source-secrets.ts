/**
 * Secrets among connector attributes. A source's settings hold a reference instead of each: clients see it, send it
 * back to keep the secret, and the change record shows by it that the secret changed, but not to what.
 */
import type { Connector, ConnectorAttributes } from '../../connectors/connector.ts';
import { illegalValue } from '../../errors.ts';
import type { Session } from '../../storage/database.ts';
import { findSecrets, type SourceSecret } from '../../storage/sources/source-secrets.ts';
import type { Source } from '../../storage/sources/sources.ts';
import { newId } from '../ids.ts';

/** Connector attributes as they are stored. */
export interface SeparatedAttributes {
  /** With references in place of secrets. */
  readonly shown: ConnectorAttributes;
  readonly secrets: readonly SourceSecret[];
}

/** Whether a value has the form of a reference to a secret. */
export function isReference(value: unknown): boolean {
  return typeof value === 'string' && /^secret:[0-9a-f]{32}$/.test(value);
}

/** What becomes of a secret that a client does not send: in a whole source it stays, by a patch it was removed. */
export type AbsentSecret = 'stays' | 'goes';

/**
 * Separates the secrets from connector attributes that a client sent. A secret sent as its reference stays, null and ''
 * remove it.
 * @param connector undefined when this server does not have it: what was secret stays secret
 * @throws 400 for a secret that is no text, and for the reference of another secret
 */
export function separateSecrets(
  connector: Connector | undefined,
  sent: ConnectorAttributes,
  known: readonly SourceSecret[],
  absentSecret: AbsentSecret,
): SeparatedAttributes {
  const names = new Set([...(connector?.secretAttributes ?? []), ...known.map(({ name }) => name)]);
  const secrets = [...names].flatMap((name) => {
    const value = sent[name] ?? null;
    const before = known.find((secret) => secret.name === name);
    return (sent[name] === undefined && absentSecret === 'stays' ? before : secretOf(name, value, before)) ?? [];
  });
  const shown = {
    ...Object.fromEntries(Object.entries(sent).filter(([name]) => !names.has(name))),
    ...Object.fromEntries(secrets.map(({ id, name }) => [name, referenceTo(id)])),
  };
  return { shown, secrets };
}

function secretOf(name: string, sent: unknown, before: SourceSecret | undefined): SourceSecret | undefined {
  if (before !== undefined && (sent === referenceTo(before.id) || sent === before.value)) {
    return before;
  }
  if (sent === null || sent === '') {
    return undefined;
  }
  if (typeof sent !== 'string') {
    throw illegalValue(`connectorAttributes "${name}" is a secret and must be text.`);
  }
  if (isReference(sent)) {
    throw illegalValue(
      `connectorAttributes "${name}" refers to a secret that is not there any more. Send the secret itself, or leave it out to keep the present one.`,
    );
  }
  return { id: newId(), name, value: sent };
}

/** Whether secrets differ from those that were there. */
export function isChanged(before: readonly SourceSecret[], after: readonly SourceSecret[]): boolean {
  return before.length !== after.length || after.some((secret) => !before.includes(secret));
}

/** Connector attributes as the connector needs them, the secrets as plain text. */
export function joinSecrets({ shown, secrets }: SeparatedAttributes): ConnectorAttributes {
  return { ...shown, ...Object.fromEntries(secrets.map(({ name, value }) => [name, value])) };
}

/** The connector attributes of a source as its connector needs them. For the connector only. */
export async function plainAttributesOf(session: Session, source: Source): Promise<ConnectorAttributes> {
  return joinSecrets({ shown: source.connectorAttributes, secrets: await findSecrets(session, source.id) });
}

function referenceTo(id: string): string {
  return `secret:${id}`;
}
