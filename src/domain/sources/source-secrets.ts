/**
 * Secrets among connector attributes. The settings of a source contain a reference in place of each: clients see it and
 * send it back to keep the secret, and the change record shows that the secret changed without revealing it.
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

/** What happens to a secret that a client does not send: a complete source keeps it, a patch has removed it. */
export type AbsentSecret = 'kept' | 'removed';

/**
 * Separates the secrets from received connector attributes. A secret sent as its reference is kept; null and '' remove
 * it.
 * @param connector undefined if it is unknown: existing secrets are then kept
 * @throws 400 for a secret that is not text, and for a reference to another secret
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
    return (sent[name] === undefined && absentSecret === 'kept' ? before : secretOf(name, value, before)) ?? [];
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
    throw illegalValue(`connectorAttributes "${name}" is a secret and must be a string.`);
  }
  if (isReference(sent)) {
    throw illegalValue(
      `connectorAttributes "${name}" refers to a secret that no longer exists. Send the secret itself, or omit it to keep the current one.`,
    );
  }
  return { id: newId(), name, value: sent };
}

/** Whether the secrets have changed. */
export function isChanged(before: readonly SourceSecret[], after: readonly SourceSecret[]): boolean {
  return before.length !== after.length || after.some((secret) => !before.includes(secret));
}

/** Connector attributes with the secrets in plain text. */
export function joinSecrets({ shown, secrets }: SeparatedAttributes): ConnectorAttributes {
  return { ...shown, ...Object.fromEntries(secrets.map(({ name, value }) => [name, value])) };
}

/** The connector attributes of a source with the secrets in plain text. Only for its connector. */
export async function plainAttributesOf(session: Session, source: Source): Promise<ConnectorAttributes> {
  return joinSecrets({ shown: source.connectorAttributes, secrets: await findSecrets(session, source.id) });
}

function referenceTo(id: string): string {
  return `secret:${id}`;
}
