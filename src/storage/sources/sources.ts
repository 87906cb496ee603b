import { sql } from 'kysely';
import type { ListQuery } from '../../list-query.ts';
import type { Columns } from '../query/condition.ts';
import type { Database, Session, Transaction } from '../database.ts';
import { fold, foldSet } from '../query/fold.ts';
import { matching, page } from '../query/page.ts';
import type { SourceTable } from '../tables.ts';

/** The owner of a source; the name is null if the identity was deleted. */
export interface SourceOwner {
  readonly id: string;
  readonly name: string | null;
}

/** The governance group that manages a source, with its current name. */
export interface ManagementWorkgroup {
  readonly id: string;
  readonly name: string;
}

/** One source. Times are UTC milliseconds. */
export interface Source {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly owner: SourceOwner | null;
  /** The type of system, set by its connector. */
  readonly type: string;
  /** The script name of its connector. */
  readonly connector: string;
  readonly connectorName: string;
  readonly connectionType: string;
  /** The connector attributes, as clients sent them, with references instead of secrets. */
  readonly connectorAttributes: Readonly<Record<string, unknown>>;
  readonly features: readonly string[];
  readonly category: string | null;
  readonly status: string;
  readonly healthy: boolean;
  /** When the status was set. */
  readonly since: number;
  readonly authoritative: boolean;
  /** The delete threshold in percent, 0 to 100; null if it is not set. */
  readonly deleteThreshold: number | null;
  readonly managementWorkgroup: ManagementWorkgroup | null;
  /** The fields of the contract that are stored as sent and have no effect, e.g. `cluster`. */
  readonly details: Readonly<Record<string, unknown>>;
  readonly created: number;
  readonly modified: number;
  readonly version: number;
}

const columns: Columns = {
  id: { expression: sql.ref('source.id'), type: 'id', nullable: false },
  name: { expression: sql.ref('source.name_folded'), type: 'text', nullable: false },
  description: { expression: sql.ref('source.description_folded'), type: 'text', nullable: true },
  'owner.id': { expression: sql.ref('source.owner_id'), type: 'id', nullable: true },
  'owner.name': { expression: sql.ref('identity.name_folded'), type: 'text', nullable: true },
  type: { expression: sql.ref('source.type_folded'), type: 'text', nullable: false },
  connectorName: { expression: sql.ref('source.connector_name_folded'), type: 'text', nullable: false },
  connectionType: { expression: sql.ref('source.connection_type_folded'), type: 'text', nullable: false },
  features: { expression: sql.ref('source.features_folded'), type: 'set', nullable: false },
  category: { expression: sql.ref('source.category_folded'), type: 'text', nullable: true },
  status: { expression: sql.ref('source.status_folded'), type: 'text', nullable: false },
  healthy: { expression: sql.ref('source.healthy'), type: 'boolean', nullable: false },
  authoritative: { expression: sql.ref('source.authoritative'), type: 'boolean', nullable: false },
  'managementWorkgroup.id': { expression: sql.ref('source.management_workgroup_id'), type: 'id', nullable: true },
  'accountCorrelationConfig.id': {
    expression: sql.ref('source.account_correlation_config_id'),
    type: 'id',
    nullable: true,
  },
  'accountCorrelationConfig.name': {
    expression: sql.ref('source.account_correlation_config_name_folded'),
    type: 'text',
    nullable: true,
  },
  'managerCorrelationRule.id': {
    expression: sql.ref('source.manager_correlation_rule_id'),
    type: 'id',
    nullable: true,
  },
  'managerCorrelationRule.type': {
    expression: sql.ref('source.manager_correlation_rule_type_folded'),
    type: 'text',
    nullable: true,
  },
  'managerCorrelationRule.name': {
    expression: sql.ref('source.manager_correlation_rule_name_folded'),
    type: 'text',
    nullable: true,
  },
  created: { expression: sql.ref('source.created'), type: 'time', nullable: false },
  modified: { expression: sql.ref('source.modified'), type: 'time', nullable: false },
};

function selectSources(session: Session) {
  return session.query
    .selectFrom('source')
    .leftJoin('identity', 'identity.id', 'source.owner_id')
    .select([
      'source.id',
      'source.name',
      'source.description',
      'source.owner_id as ownerId',
      'identity.name as ownerName',
      'source.type',
      'source.connector',
      'source.connector_name as connectorName',
      'source.connection_type as connectionType',
      'source.connector_attributes as connectorAttributes',
      'source.features',
      'source.category',
      'source.status',
      'source.healthy',
      'source.since',
      'source.authoritative',
      'source.delete_threshold as deleteThreshold',
      'source.management_workgroup_id as workgroupId',
      sql<
        string | null
      >`(select name from governance_group where governance_group.id = source.management_workgroup_id)`.as(
        'workgroupName',
      ),
      'source.details',
      'source.created',
      'source.modified',
      'source.version',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectSources>['executeTakeFirstOrThrow']>>;

function fromRow({ ownerId, ownerName, workgroupId, workgroupName, ...row }: Row): Source {
  return {
    ...row,
    owner: ownerId === null ? null : { id: ownerId, name: ownerName },
    managementWorkgroup: workgroupId === null ? null : { id: workgroupId, name: workgroupName ?? '' },
    connectorAttributes: JSON.parse(row.connectorAttributes) as Record<string, unknown>,
    features: JSON.parse(row.features) as string[],
    healthy: row.healthy === 1,
    authoritative: row.authoritative === 1,
    details: JSON.parse(row.details) as Record<string, unknown>,
  };
}

/** Returns the columns of a source that can change. The columns for filters and sorters are derived from its fields. */
function toColumns(source: Source): Omit<SourceTable, 'id' | 'created' | 'correlation_config' | 'identity_mapping'> {
  return {
    name: source.name,
    name_folded: fold(source.name),
    description: source.description,
    description_folded: foldOrNull(source.description),
    owner_id: source.owner?.id ?? null,
    type: source.type,
    type_folded: fold(source.type),
    connector: source.connector,
    connector_name: source.connectorName,
    connector_name_folded: fold(source.connectorName),
    connection_type: source.connectionType,
    connection_type_folded: fold(source.connectionType),
    connector_attributes: JSON.stringify(source.connectorAttributes),
    features: JSON.stringify(source.features),
    features_folded: foldSet(source.features),
    category: source.category,
    category_folded: foldOrNull(source.category),
    status: source.status,
    status_folded: fold(source.status),
    healthy: source.healthy ? 1 : 0,
    since: source.since,
    authoritative: source.authoritative ? 1 : 0,
    delete_threshold: source.deleteThreshold,
    management_workgroup_id: source.managementWorkgroup?.id ?? null,
    account_correlation_config_id: memberOf(source.details['accountCorrelationConfig'], 'id')?.toLowerCase() ?? null,
    account_correlation_config_name_folded: foldOrNull(memberOf(source.details['accountCorrelationConfig'], 'name')),
    manager_correlation_rule_id: memberOf(source.details['managerCorrelationRule'], 'id')?.toLowerCase() ?? null,
    manager_correlation_rule_type_folded: foldOrNull(memberOf(source.details['managerCorrelationRule'], 'type')),
    manager_correlation_rule_name_folded: foldOrNull(memberOf(source.details['managerCorrelationRule'], 'name')),
    details: JSON.stringify(source.details),
    modified: source.modified,
    version: source.version,
  };
}

function foldOrNull(text: string | null): string | null {
  return text === null ? null : fold(text);
}

/** Returns a text field of an object that was stored as sent, or null. */
function memberOf(value: unknown, name: string): string | null {
  const member = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof member === 'string' ? member : null;
}

/** Returns the source with this id, or undefined. */
export async function findSource(session: Session, id: string): Promise<Source | undefined> {
  const row = await selectSources(session).where('source.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : fromRow(row);
}

/** Returns the source with this id, or undefined, and locks it, and thereby its schemas, until the transaction ends. */
export async function lockSource(transaction: Transaction, id: string): Promise<Source | undefined> {
  const row = await selectSources(transaction)
    .where('source.id', '=', id)
    .$if(transaction.dialect.locksRows, (query) => query.forUpdate('source'))
    .executeTakeFirst();
  return row === undefined ? undefined : fromRow(row);
}

/** Returns the id of the source with this name, ignoring case, or undefined. */
export async function findSourceIdByName(session: Session, name: string): Promise<string | undefined> {
  const row = await session.query
    .selectFrom('source')
    .select('id')
    .where('name_folded', '=', fold(name))
    .executeTakeFirst();
  return row?.id;
}

/** Returns one page of sources. Filters and sorters have the names of the contract (B.1). */
export async function findSources(database: Database, list: ListQuery): Promise<Source[]> {
  const rows = await page(selectSources(database.scan), list, columns).execute();
  return rows.map(fromRow);
}

/** Returns the number of sources that match the filter of a list. */
export async function countSources(database: Database, list: ListQuery): Promise<number> {
  const counted = database.scan.query
    .selectFrom('source')
    .leftJoin('identity', 'identity.id', 'source.owner_id')
    .select((expression) => expression.fn.countAll<number>().as('count'));
  return Number((await matching(counted, list, columns).executeTakeFirstOrThrow()).count);
}

/** Inserts a source. */
export async function insertSource(transaction: Transaction, source: Source): Promise<void> {
  await transaction.query
    .insertInto('source')
    .values({ id: source.id, created: source.created, ...toColumns(source) })
    .execute();
}

/** Updates a locked source. */
export async function updateSource(transaction: Transaction, source: Source): Promise<void> {
  await transaction.query.updateTable('source').set(toColumns(source)).where('id', '=', source.id).execute();
}

/** Updates `modified` and increments the version of a source whose list of schemas has changed. */
export async function touchSource(transaction: Transaction, id: string, now: number): Promise<void> {
  await transaction.query
    .updateTable('source')
    .set((expression) => ({ modified: now, version: expression('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/** Deletes the row of a source. The caller has deleted everything that belongs to it. */
export async function deleteSource(transaction: Transaction, id: string): Promise<void> {
  await transaction.query.deleteFrom('source').where('id', '=', id).execute();
}
