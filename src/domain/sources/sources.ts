import { notFound } from '../../errors.ts';
import type { ListQuery } from '../../list-query.ts';
import { recordChanges } from '../../storage/changes/changes.ts';
import type { Database, Session, Transaction } from '../../storage/database.ts';
import { fold } from '../../storage/query/fold.ts';
import { findSchemaReferences, insertSchemas } from '../../storage/sources/source-schemas.ts';
import { findSecrets, replaceSecrets } from '../../storage/sources/source-secrets.ts';
import * as stored from '../../storage/sources/sources.ts';
import type { Source } from '../../storage/sources/sources.ts';
import type { ChangeContext, ChangeOptions } from '../changes/change-context.ts';
import { newId } from '../ids.ts';
import { referencedGroups } from '../governance-groups/references.ts';
import { referenceAfter } from '../resources/identity-references.ts';
import { defaultSchemas } from './default-schemas.ts';
import { recordSchemasCreated } from './schema-record.ts';
import { connectionTypeOf, connectorOfNew, findConnector, type SourceParts } from './source-connector.ts';
import {
  changedDetails,
  detailsOf,
  documentOf,
  refuseImmutable,
  type SourceDocument,
  type SourceInput,
  type SourceWithSchemas,
} from './source-document.ts';
import { saveSource, stateOf } from './source-record.ts';
import { refuseTakenName } from './source-rules.ts';
import { type AbsentSecret, isChanged, joinSecrets, separateSecrets } from './source-secrets.ts';
import { refuseBadName, refuseUnstorable } from '../storable.ts';
import { checkVersion } from '../version.ts';

export type { Source } from '../../storage/sources/sources.ts';
export type { SourceParts } from './source-connector.ts';
export type { SourceDocument, SourceInput, SourceWithSchemas } from './source-document.ts';

/** The states of a source that this server detects (contract B.1, `status`). */
export type SourceStatus =
  | 'SOURCE_STATE_UNCHECKED_SOURCE_NO_ACCOUNTS'
  | 'SOURCE_STATE_HEALTHY'
  | 'SOURCE_STATE_ERROR_SOURCE';

/** Returns one source. Throws 404. */
export async function getSource(database: Database, id: string): Promise<SourceWithSchemas> {
  return withSchemas(database.keyed, found(await stored.findSource(database.keyed, id), id));
}

/** Lists one page of sources; fields of filters and sorters as in the contract (B.1). */
export async function listSources(database: Database, list: ListQuery): Promise<SourceWithSchemas[]> {
  const sources = await stored.findSources(database, list);
  const references = await findSchemaReferences(
    database.keyed,
    sources.map(({ id }) => id),
  );
  return sources.map((source) => ({ ...source, schemas: references.get(source.id) ?? [] }));
}

/** Returns the total number of sources in a list. */
export async function countSources(database: Database, list: ListQuery): Promise<number> {
  return stored.countSources(database, list);
}

/**
 * Creates a source with the default schemas of its connector.
 * @param asCsv use the CSV connector, regardless of the input (`provisionAsCsv`)
 * @throws 400 for a taken name, an unknown owner, management workgroup or connector, and invalid connector attributes
 */
export async function createSource(
  { database, connectors }: SourceParts,
  input: SourceInput,
  asCsv: boolean,
  context: ChangeContext,
): Promise<SourceWithSchemas> {
  refuseUnstorable(input, '');
  refuseBadName(input.name, 'name');
  const connector = connectorOfNew(connectors, input, asCsv);
  const attributes = separateSecrets(connector, input.connectorAttributes ?? {}, [], 'removed');
  connector.checkAttributes(joinSecrets(attributes));
  const now = Date.now();
  const id = newId();
  const schemas = defaultSchemas(connector.schemas, id, now);
  return database.write(async (transaction) => {
    await refuseTakenName(transaction, input.name);
    const source: Source = {
      id,
      name: input.name,
      description: input.description ?? null,
      owner: await referenceAfter(transaction, 'owner', input.owner, null),
      type: connector.type,
      connector: connector.scriptName,
      connectorName: connector.connectorName,
      connectionType: connectionTypeOf(connector),
      connectorAttributes: attributes.shown,
      features: input.features ?? connector.features,
      category: input.category ?? null,
      status: 'SOURCE_STATE_UNCHECKED_SOURCE_NO_ACCOUNTS',
      healthy: false,
      since: now,
      authoritative: input.authoritative ?? false,
      deleteThreshold: input.deleteThreshold ?? null,
      managementWorkgroup: await workgroupAfter(transaction, input, null),
      details: { ...detailsOf(input), ...connector.details },
      created: now,
      modified: now,
      version: 1,
    };
    await stored.insertSource(transaction, source);
    await replaceSecrets(transaction, id, attributes.secrets);
    await insertSchemas(transaction, schemas);
    const made = { ...source, schemas: schemas.map((schema) => ({ id: schema.id, name: schema.name })) };
    await recordChanges(transaction, context, now, [
      { objectType: 'SOURCE', objectId: id, kind: 'created', before: null, after: stateOf(made) },
    ]);
    await recordSchemasCreated(transaction, schemas, context, now);
    return made;
  });
}

/**
 * Replaces a source. Immutable fields may be omitted; fields maintained by the server (`status`, …) are ignored.
 * Throws 404, 412, and 400 as for a new source and for a change of an immutable field.
 */
export async function replaceSource(
  parts: SourceParts,
  id: string,
  input: SourceInput,
  options: ChangeOptions,
): Promise<SourceWithSchemas> {
  return changeSource(parts, id, options, 'kept', (before) => {
    refuseImmutable(before, input);
    return input;
  });
}

/**
 * Changes a source by a patch of its document.
 * @param patch returns the patched fields, with checked shape; immutable ones are ignored; may run more than once
 * @throws 404, 412, what `patch` throws, and 400 as for a new source
 */
export async function patchSource(
  parts: SourceParts,
  id: string,
  patch: (document: SourceDocument) => SourceInput,
  options: ChangeOptions,
): Promise<SourceWithSchemas> {
  return changeSource(parts, id, options, 'removed', patch);
}

/** Records the detected state of a source. Does nothing if it has not changed, or if the source no longer exists. */
export async function setSourceStatus(
  transaction: Transaction,
  id: string,
  status: SourceStatus,
  context: ChangeContext,
): Promise<void> {
  const source = await stored.lockSource(transaction, id);
  if (source !== undefined && source.status !== status) {
    const now = Date.now();
    await saveSource(
      transaction,
      source,
      { ...source, status, healthy: status === 'SOURCE_STATE_HEALTHY', since: now },
      context,
      now,
    );
  }
}

/** Locks a source that is to be changed, or whose schemas are. Throws 404. */
export async function lockedSource(transaction: Transaction, id: string): Promise<Source> {
  return found(await stored.lockSource(transaction, id), id);
}

async function changeSource(
  { database, connectors }: SourceParts,
  id: string,
  { ifMatch, context }: ChangeOptions,
  absentSecret: AbsentSecret,
  edit: (before: SourceDocument) => SourceInput,
): Promise<SourceWithSchemas> {
  return database.write(async (transaction) => {
    const before = await withSchemas(transaction, await lockedSource(transaction, id));
    checkVersion(ifMatch, before.version);
    const input = edit(documentOf(before));
    refuseUnstorable(input, '');
    refuseBadName(input.name, 'name');
    const connector = findConnector(connectors, before.connector);
    const known = await findSecrets(transaction, id);
    const attributes = separateSecrets(connector, input.connectorAttributes ?? {}, known, absentSecret);
    connector?.checkAttributes(joinSecrets(attributes));
    if (fold(input.name) !== fold(before.name)) {
      await refuseTakenName(transaction, input.name);
    }
    const after: SourceWithSchemas = {
      ...before,
      name: input.name,
      description: input.description ?? null,
      owner: await referenceAfter(transaction, 'owner', input.owner, before.owner),
      connectorAttributes: attributes.shown,
      features: input.features ?? [],
      category: input.category ?? null,
      deleteThreshold: input.deleteThreshold ?? null,
      managementWorkgroup: await workgroupAfter(transaction, input, before.managementWorkgroup),
      details: changedDetails(before, input),
    };
    if (isChanged(known, attributes.secrets)) {
      await replaceSecrets(transaction, id, attributes.secrets);
    }
    return saveSource(transaction, before, after, context, Date.now());
  });
}

async function workgroupAfter(
  transaction: Transaction,
  { managementWorkgroup }: SourceInput,
  before: Source['managementWorkgroup'],
): Promise<Source['managementWorkgroup']> {
  return referenceAfter(transaction, 'managementWorkgroup', managementWorkgroup, before, referencedGroups);
}

function found(source: Source | undefined, id: string): Source {
  if (source === undefined) {
    throw notFound('source', id);
  }
  return source;
}

async function withSchemas(session: Session, source: Source): Promise<SourceWithSchemas> {
  const references = await findSchemaReferences(session, [source.id]);
  return { ...source, schemas: references.get(source.id) ?? [] };
}
