import type { Migration } from './migration.ts';

/**
 * Tags, and the objects that have them. A tag is referred to by its name, which never changes. Entitlements also have
 * their own list of tags, so that lists of entitlements need no other table.
 */
export const tags: Migration = {
  name: '0011-tags',
  statements: (d) => [
    `CREATE TABLE tag (
      id ${d.binaryText} PRIMARY KEY,
      name ${d.binaryText} NOT NULL,
      created ${d.bigInteger} NOT NULL,
      modified ${d.bigInteger} NOT NULL,
      version INTEGER NOT NULL
    )`,
    `CREATE UNIQUE INDEX tag_name ON tag (name)`,
    `CREATE TABLE object_tag (
      object_type ${d.binaryText} NOT NULL,
      object_id ${d.binaryText} NOT NULL,
      tag ${d.binaryText} NOT NULL,
      PRIMARY KEY (object_type, object_id, tag)
    )`,
    `CREATE INDEX object_tag_tag ON object_tag (tag, object_type, object_id)`,
    `ALTER TABLE entitlement ADD COLUMN tags TEXT`,
  ],
};
