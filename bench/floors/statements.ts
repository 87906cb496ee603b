/** The SQL of the floors, handwritten so that it does not change with the server's. */
import { performance } from 'node:perf_hooks';
import { packId } from '../../src/storage/changes/packed-id.ts';
import type { FloorDatabase } from './floor-database.ts';

/**
 * Returns the query for one page of entitlements with everything a response needs. It finds the ids first, so that only
 * the rows of the page are read.
 * @param condition on `entitlement`
 * @param order columns of `entitlement`
 * @param window the end of the inner statement: `limit …`
 */
export function pageStatement(condition: string, order: string, window: string): string {
  return `select entitlement.*,
      (select name from source where source.id = entitlement.source_id) as source_name,
      (select account_attribute from source_schema where source_schema.source_id = entitlement.source_id
        and source_schema.name = entitlement.type) as attribute,
      (select name from identity where identity.id = entitlement.owner_id) as owner_name
    from (select id as hit_id from entitlement where ${condition} order by ${order} ${window}) as hit
    cross join entitlement
    where entitlement.id = hit_id
    order by ${order}`;
}

/** A minimal change of one row. */
export const updateStatement =
  'update entitlement set requestable = $1, modified = $2, version = version + 1 where id = $3';

/** Runs a statement repeatedly for a while and returns the rate per second. */
export async function statementsPerSecond(
  database: FloorDatabase,
  seconds: number,
  text: string,
  parametersOf: (number: number) => readonly unknown[],
): Promise<number> {
  let number = 0;
  const begun = performance.now();
  while (performance.now() - begun < seconds * 1000) {
    await database.query(text, parametersOf(number));
    number += 1;
  }
  return number / ((performance.now() - begun) / 1000);
}

/**
 * Sets `requestable` of entitlements to false and records each change. Returns the seconds.
 * @param size how many entitlements each transaction changes
 */
export async function changesInBatches(database: FloorDatabase, ids: readonly string[], size: number): Promise<number> {
  const begun = performance.now();
  for (let first = 0; first < ids.length; first += size) {
    await database.query('begin', []);
    for (const id of ids.slice(first, first + size)) {
      const now = Date.now();
      await database.query(updateStatement, [0, now, id]);
      await database.query(
        `insert into change (time, object_type, object_id, kind, before, after)
          values ($1, 'ENTITLEMENT', $2, 'updated', $3, $4)`,
        [now, packId(id), '{"requestable":true}', '{"requestable":false}'],
      );
    }
    await database.query('commit', []);
  }
  return (performance.now() - begun) / 1000;
}
