import type { Static } from 'typebox';
import { schemaDocumentOf } from '../../domain/sources/schema-document.ts';
import type { SchemaOfSource, SourceSchema } from '../../domain/sources/source-schemas.ts';
import { documentOf, type SourceWithSchemas } from '../../domain/sources/source-document.ts';
import type { schema, source } from './schemas.ts';

/** Returns the wire format of a source. Missing fields are omitted if the contract does not allow null. */
export function toSource(of: SourceWithSchemas): Static<typeof source> {
  const document = documentOf(of);
  const body = leaveOutNulls(document, [
    'description',
    'connectorClass',
    'deleteThreshold',
    'connectorId',
    'connectorImplementationId',
  ]);
  // The shape of the fields that are stored as sent was checked when they were received.
  return body as Static<typeof source>;
}

/** Returns the wire format of a schema; `schemas` are those of its source, for the names of links. */
export function toSchema(of: SourceSchema, schemas: readonly SourceSchema[]): Static<typeof schema> {
  const document = schemaDocumentOf(of, schemas);
  return leaveOutNulls(document, ['identityAttribute', 'displayAttribute']) as Static<typeof schema>;
}

/** The response of an operation on one schema. */
export function replyWithSchema({ schema: of, schemas }: SchemaOfSource): {
  body: Static<typeof schema>;
  version: number;
} {
  return { body: toSchema(of, schemas), version: of.version };
}

function leaveOutNulls<T extends object>(document: T, names: readonly (keyof T & string)[]): Partial<T> {
  const optional: readonly string[] = names;
  return Object.fromEntries(
    Object.entries(document).filter(([name, value]) => value !== null || !optional.includes(name)),
  ) as Partial<T>;
}
