import type { Migration } from './migration.ts';

/**
 * A change takes a tenth of the space: the origin of a task's changes is stored once, and the content of a creation is
 * derived from the object and its later changes (decision 14). Creations whose content cannot be derived keep it: those
 * recorded before entitlements had `isListed`.
 */
export const lessDisk: Migration = {
  name: '0004-less-disk',
  statements: (d) => [
    `CREATE TABLE change_origin (
      number ${d.sequence},
      task_id ${d.binaryText} NOT NULL,
      actor_id ${d.binaryText},
      client_id ${d.binaryText},
      tracking_id TEXT
    )`,
    `INSERT INTO change_origin (task_id, actor_id, client_id, tracking_id)
      SELECT task_id, min(actor_id), min(client_id), min(tracking_id) FROM change
      WHERE task_id IS NOT NULL GROUP BY task_id ORDER BY min(number)`,
    `CREATE UNIQUE INDEX change_origin_task ON change_origin (task_id)`,

    `CREATE TABLE compact_change (
      number ${d.sequence},
      time ${d.bigInteger} NOT NULL,
      object_type ${d.binaryText} NOT NULL,
      object_id ${d.bytes} NOT NULL,
      kind TEXT NOT NULL,
      origin ${d.bigInteger},
      actor_id ${d.binaryText},
      client_id ${d.binaryText},
      tracking_id TEXT,
      before TEXT,
      after TEXT
    )`,
    ...d.replaceTable(
      'change',
      'compact_change',
      'number, time, object_type, object_id, kind, origin, actor_id, client_id, tracking_id, before, after',
      `SELECT c.number, c.time, c.object_type, ${d.packedId('c.object_id')}, c.kind, o.number,
          CASE WHEN c.task_id IS NULL THEN c.actor_id END,
          CASE WHEN c.task_id IS NULL THEN c.client_id END,
          CASE WHEN c.task_id IS NULL THEN c.tracking_id END,
          c.before,
          CASE WHEN c.kind = 'created' AND (
            c.object_type = 'ACCOUNT' AND EXISTS (SELECT 1 FROM account a WHERE a.id = c.object_id)
            OR c.object_type = 'ENTITLEMENT' AND EXISTS (SELECT 1 FROM entitlement e WHERE e.id = c.object_id)
              AND (c.after LIKE '%,"isListed":true,"displayName":%' OR c.after LIKE '%,"isListed":false,"displayName":%')
          ) THEN ${d.digest('c.after')} ELSE c.after END
        FROM change c LEFT JOIN change_origin o ON o.task_id = c.task_id ORDER BY c.number`,
    ),
    `CREATE INDEX change_object ON change (object_id)`,
    `CREATE INDEX change_task ON change (origin) WHERE origin IS NOT NULL`,
    `CREATE INDEX change_time ON change (time)`,

    // Lists by type or by `requestable` match most rows, so that a scan finds a page quickly.
    `DROP INDEX entitlement_type`,
    `DROP INDEX entitlement_requestable`,
    `CREATE INDEX entitlement_requestable ON entitlement (id) WHERE requestable = 1`,
    `DROP INDEX entitlement_privilege`,
    `CREATE INDEX entitlement_privilege
      ON entitlement ((nullif(lower(coalesce(privilege_override, source_privilege)), 'none')), id)
      WHERE nullif(lower(coalesce(privilege_override, source_privilege)), 'none') IS NOT NULL`,
    // Without the id: the few entitlements with the same value are sorted when they are read.
    `DROP INDEX entitlement_value`,
    `CREATE INDEX entitlement_value ON entitlement (value_folded)`,
    `DROP INDEX entitlement_created`,
    `CREATE INDEX entitlement_created ON entitlement (created)`,
    `DROP INDEX entitlement_modified`,
    `CREATE INDEX entitlement_modified ON entitlement (modified)`,
  ],
};
