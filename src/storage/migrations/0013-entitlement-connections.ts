import type { Dialect } from '../dialect.ts';
import type { Migration } from './migration.ts';

/**
 * Entitlement connections: memberships stored by their key, what people set for a connection, and the reasons for it other
 * than that it was found on the source (decision 16).
 */
export const entitlementConnections: Migration = {
  name: '0013-entitlement-connections',
  statements: (d) => [
    ...d.storeByKey(
      'account_entitlement',
      `account_id ${d.binaryText} NOT NULL,
      entitlement_id ${d.binaryText} NOT NULL,
      PRIMARY KEY (account_id, entitlement_id)`,
      // By entitlement and account: the index of such a table contains its key.
      [`CREATE INDEX account_entitlement_entitlement ON account_entitlement (entitlement_id)`],
    ),

    `CREATE TABLE connection (
      id ${d.binaryText} PRIMARY KEY,
      account_id ${d.binaryText} NOT NULL,
      entitlement_id ${d.binaryText} NOT NULL,
      type ${d.binaryText} NOT NULL,
      created ${d.bigInteger} NOT NULL,
      modified ${d.bigInteger} NOT NULL,
      version INTEGER NOT NULL
    )`,
    `CREATE UNIQUE INDEX connection_key ON connection (entitlement_id, account_id)`,

    `CREATE TABLE connection_reason (${reasonColumns(d)})`,
    ...d.storeByKey('connection_reason', reasonColumns(d)),
    `CREATE INDEX connection_reason_cause ON connection_reason (cause_id)`,
  ],
};

function reasonColumns(d: Dialect): string {
  return `entitlement_id ${d.binaryText} NOT NULL,
      account_id ${d.binaryText} NOT NULL,
      kind ${d.binaryText} NOT NULL,
      cause_id ${d.binaryText} NOT NULL,
      since ${d.bigInteger} NOT NULL,
      until ${d.bigInteger},
      PRIMARY KEY (entitlement_id, account_id, kind, cause_id)`;
}
