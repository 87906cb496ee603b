import type { DefaultSchema } from '../../connectors/connector.ts';
import type { SourceSchema } from '../../storage/sources/source-schemas.ts';
import { newId } from '../ids.ts';
import { fieldsOf } from './schema-document.ts';
import { withAccountAttributes } from './schema-rules.ts';

/** The schemas of a new source as its connector declares them, with resolved links. */
export function defaultSchemas(defaults: readonly DefaultSchema[], sourceId: string, now: number): SourceSchema[] {
  const named = defaults.map((schema) => ({ ...schema, id: newId() }));
  return withAccountAttributes(
    named.map((schema) => ({
      ...fieldsOf(schema, schema.id, schema.name, named),
      id: schema.id,
      sourceId,
      accountAttribute: null,
      created: now,
      modified: now,
      version: 1,
    })),
  );
}
