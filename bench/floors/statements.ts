/** The SQL that the floors run: written by hand, so that it stays what it is when the server's own changes. */
import { performance } from 'node:perf_hooks';
import type { FloorDatabase } from './floor-database.ts';

/**
 * One page of entitlements with everything an answer needs. The ids are found first, so that only the rows of the
 * page are read.
 * @param condition on `entitlement`
 * @param order columns of `entitlement`
 * @param window what ends the inner statement: `limit …`
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

/** A change of one row, as small as it can be. */
export const updateStatement =
  'update entitlement set requestable = $1, modified = $2, version = version + 1 where id = $3';

/** Runs a statement again and again for a while and returns how often it ran in a second. */
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
