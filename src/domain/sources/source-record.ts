/** Writes and records changes of sources. */
import { difference, recordChanges } from '../../storage/changes/changes.ts';
import type { Transaction } from '../../storage/database.ts';
import { type Source, updateSource } from '../../storage/sources/sources.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { documentOf, type SourceDocument } from './source-document.ts';
import { isReference } from './source-secrets.ts';

type Fields = Omit<SourceDocument, 'id' | 'schemas' | 'created' | 'modified'>;

function fieldsOf(source: Source): Fields {
  const {
    id: _id,
    schemas: _schemas,
    created: _created,
    modified: _modified,
    ...fields
  } = documentOf({ ...source, schemas: [] });
  return fields;
}

/** The fields of a source in the change record. */
export function stateOf(source: Source): Partial<Fields> {
  return withoutSecrets(fieldsOf(source));
}

function isSecretName(name: string): boolean {
  return /pass|pwd|bind.?pw|secret|token|credential|(private|api|access).?key/i.test(name);
}

/** Whether a value contains a URL with a password, such as `https://user:password@host`. */
function hasPassword(value: unknown): boolean {
  return typeof value === 'string' && /:\/\/[^/\s:@]*:[^/\s@]+@/.test(value);
}

/**
 * More people can read the change record than the settings of connectors. Declared secrets have been replaced with
 * references already; other attributes may be secrets judging by their names, or contain a password.
 */
function withoutSecrets<T extends Partial<Fields>>(fields: T): T {
  const { connectorAttributes } = fields;
  if (connectorAttributes === undefined) {
    return fields;
  }
  const shown = Object.entries(connectorAttributes).map(([name, value]) => [
    name,
    (isSecretName(name) || hasPassword(value)) && !isReference(value) ? '(not recorded)' : value,
  ]);
  return { ...fields, connectorAttributes: Object.fromEntries(shown) };
}

/** Writes and records a changed source. Writes nothing if nothing has changed. */
export async function saveSource<S extends Source>(
  transaction: Transaction,
  before: S,
  after: S,
  context: ChangeContext,
  now: number,
): Promise<S> {
  const differing = difference(fieldsOf(before), fieldsOf(after));
  if (differing === undefined) {
    return before;
  }
  const changed = { ...after, modified: now, version: before.version + 1 };
  await updateSource(transaction, changed);
  await recordChanges(transaction, context, now, [
    {
      objectType: 'SOURCE',
      objectId: before.id,
      kind: 'updated',
      before: withoutSecrets(differing.before),
      after: withoutSecrets(differing.after),
    },
  ]);
  return changed;
}
