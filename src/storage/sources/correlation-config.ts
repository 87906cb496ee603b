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

/** How a source's accounts find their identities. The first assignment that finds exactly one counts. */
export interface CorrelationConfig {
  readonly id: string;
  readonly name: string;
  readonly attributeAssignments: readonly AttributeAssignment[];
}

/** How the accounts of an authoritative source become identities. */
export interface IdentityMapping {
  /** By attributes of identities the attributes of accounts they come from: the first that has a value. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /** Lifecycle states by what the source calls them, whatever the case. */
  readonly lifecycleStates: Readonly<Record<string, string>>;
}

/** The correlation configuration of a source, or null. */
export async function findCorrelationConfig(session: Session, sourceId: string): Promise<CorrelationConfig | null> {
  const row = await session.query
    .selectFrom('source')
    .select('correlation_config as config')
    .where('id', '=', sourceId)
    .executeTakeFirst();
  return parsed<CorrelationConfig>(row?.config);
}

/** The identity mapping that somebody gave a source, or null. */
export async function findIdentityMapping(session: Session, sourceId: string): Promise<IdentityMapping | null> {
  const row = await session.query
    .selectFrom('source')
    .select('identity_mapping as mapping')
    .where('id', '=', sourceId)
    .executeTakeFirst();
  return parsed<IdentityMapping>(row?.mapping);
}

/** Stores the correlation configuration of a source that was locked before. */
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

/** Stores the identity mapping of a source that was locked before; null for the usual one. */
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

/** What the sources look for in identities. */
export interface CorrelatingSource {
  readonly id: string;
  readonly authoritative: boolean;
  readonly config: CorrelationConfig | null;
  /** The fields of the source that are kept as sent. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** The sources whose accounts make identities, or look for them. */
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
