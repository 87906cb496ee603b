import type { Transaction } from '../database.ts';
import { prepared } from '../query/prepared.ts';
import type { ChangeOrigin } from './changes.ts';

/**
 * The origins of the changes of tasks, stored once for each task, because a task has many changes. The changes of a
 * request have their origin in their own row.
 */

const selectNumber = prepared<{ taskId: string }, { number: number }>(({ query }, { taskId }) =>
  query.selectFrom('change_origin').select('number').where('task_id', '=', taskId),
);

/** Returns the key of the origin of a task's changes. Inserts the origin at the first change of the task. */
export async function originNumber(
  transaction: Transaction,
  origin: ChangeOrigin & { readonly taskId: string },
): Promise<number> {
  const known = await selectNumber(transaction, { taskId: origin.taskId });
  if (known[0] !== undefined) {
    return known[0].number;
  }
  const { number } = await transaction.query
    .insertInto('change_origin')
    .values({
      task_id: origin.taskId,
      actor_id: origin.actorId,
      client_id: origin.clientId,
      tracking_id: origin.trackingId,
    })
    .returning('number')
    .executeTakeFirstOrThrow();
  return number;
}
