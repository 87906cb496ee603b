import type { Session, Transaction } from '../database.ts';

/** One assignment of a correlation configuration (contract B.1): the identity's property equals the account's value. */
export interface AttributeAssignment {
  /** The name of an attribute of identities. */
  readonly property: string;
  /** The name of an attribute of accounts. */
  readonly value: string;
  readonly operation?: 'EQ';
  readonly complex?: boolean;
  readonly ignoreCase?: boolean;
  readonly matchMode?: 'ANYWHERE' | 'START' | 'END';
  readonly filterString?: string;
}

/** The correlation of a source's accounts with identities. The first assignment that matches exactly one is used. */
export interface CorrelationConfig {
  readonly id: string;
  readonly name: string;
  readonly attributeAssignments: readonly AttributeAssignment[];
}

/** The mapping of the accounts of an authoritative source to identities. */
export interface IdentityMapping {
  /** For each identity attribute the account attributes it comes from; the first one with a value is used. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /** Lifecycle states by the values of the source, ignoring case. */
  readonly lifecycleStates: Readonly<Record<string, string>>;
}

/** Returns the correlation configuration of a source, or null. */
export async function findCorrelationConfig(session: Session, sourceId: string): Promise<CorrelationConfig | null> {
  const row = await session.query
    .selectFrom('source')
    .select('correlation_config as config')
    .where('id', '=', sourceId)
    .executeTakeFirst();
  return parsed<CorrelationConfig>(row?.config);
}

/** Returns the configured identity mapping of a source, or null. */
export async function findIdentityMapping(session: Session, sourceId: string): Promise<IdentityMapping | null> {
  const row = await session.query
    .selectFrom('source')
    .select('identity_mapping as mapping')
    .where('id', '=', sourceId)
    .executeTakeFirst();
  return parsed<IdentityMapping>(row?.mapping);
}

/** Sets the correlation configuration of a locked source. */
export async function setCorrelationConfig(
  transaction: Transaction,
  sourceId: string,
  config: CorrelationConfig,
): Promise<void> {
  await transaction.query
    .updateTable('source')
    .set({ correlation_config: JSON.stringify(config) })
    .where('id', '=', sourceId)
    .execute();
}

/** Sets the identity mapping of a locked source; null for the default. */
export async function setIdentityMapping(
  transaction: Transaction,
  sourceId: string,
  mapping: IdentityMapping | null,
): Promise<void> {
  await transaction.query
    .updateTable('source')
    .set({ identity_mapping: mapping === null ? null : JSON.stringify(mapping) })
    .where('id', '=', sourceId)
    .execute();
}

/** A source whose accounts create identities or are correlated with them. */
export interface CorrelatingSource {
  readonly id: string;
  readonly authoritative: boolean;
  readonly config: CorrelationConfig | null;
  /** The fields of the source that are stored as sent. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Returns the sources whose accounts create identities or are correlated with them. */
export async function findCorrelatingSources(session: Session): Promise<CorrelatingSource[]> {
  const rows = await session.query
    .selectFrom('source')
    .select(['id', 'authoritative', 'correlation_config as config', 'details'])
    .where((where) => where.or([where('authoritative', '=', 1), where('correlation_config', 'is not', null)]))
    .execute();
  return rows.map((row) => ({
    id: row.id,
    authoritative: row.authoritative === 1,
    config: parsed<CorrelationConfig>(row.config),
    details: JSON.parse(row.details) as Record<string, unknown>,
  }));
}

function parsed<T>(text: string | null | undefined): T | null {
  return text === null || text === undefined ? null : (JSON.parse(text) as T);
}
