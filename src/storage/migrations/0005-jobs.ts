import type { Migration } from './migration.ts';

/**
 * Jobs. The lease of a task moves to the job that runs it. The numbers of changes are announced, so that readers know
 * which of them are settled.
 */
export const jobs: Migration = {
  name: '0005-jobs',
  statements: (d) => [
    `CREATE TABLE job (
      key ${d.binaryText} PRIMARY KEY,
      kind ${d.binaryText} NOT NULL,
      lane ${d.binaryText} NOT NULL,
      sequence ${d.binaryText},
      payload TEXT NOT NULL,
      due ${d.bigInteger} NOT NULL,
      requests INTEGER NOT NULL,
      attempts INTEGER NOT NULL,
      error TEXT,
      lease TEXT,
      lease_expires ${d.bigInteger},
      created ${d.bigInteger} NOT NULL
    )`,
    `CREATE INDEX job_sequence ON job (sequence, created, key) WHERE sequence IS NOT NULL`,
    `INSERT INTO job (key, kind, lane, sequence, payload, due, requests, attempts, created)
      SELECT id, 'task', 'tasks', source_id, '{}', created, 1, attempts, created FROM task WHERE completed IS NULL`,
    `ALTER TABLE task DROP COLUMN lease_expires`,
    ...d.announceNumbers('change', 'number'),
  ],
};
