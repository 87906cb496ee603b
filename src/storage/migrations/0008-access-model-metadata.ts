import type { Migration } from './migration.ts';

/**
 * Attributes of access model metadata with their values, which entitlements refer to by key and value. The id is the
 * folded key.
 */
export const accessModelMetadata: Migration = {
  name: '0008-access-model-metadata',
  statements: (d) => [
    `CREATE TABLE metadata_attribute (
      id ${d.binaryText} PRIMARY KEY,
      key ${d.binaryText} NOT NULL,
      name TEXT NOT NULL,
      name_folded ${d.binaryText} NOT NULL,
      description TEXT,
      multiselect INTEGER NOT NULL,
      status ${d.binaryText} NOT NULL,
      type ${d.binaryText} NOT NULL,
      object_types TEXT NOT NULL,
      object_types_folded TEXT NOT NULL,
      known_values TEXT NOT NULL,
      created ${d.bigInteger} NOT NULL,
      modified ${d.bigInteger} NOT NULL,
      version INTEGER NOT NULL
    )`,
    `CREATE UNIQUE INDEX metadata_attribute_name ON metadata_attribute (name_folded)`,
  ],
};
