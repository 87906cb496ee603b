import type { Session } from '../database.ts';

/** A task that has not ended. */
export interface OpenTask {
  readonly id: string;
  readonly type: string;
  /** When it was requested, in UTC milliseconds. */
  readonly created: number;
  /** The name of its uploaded file in the spool, if there is one. */
  readonly file: string | undefined;
}

/** Returns the tasks that have not ended, the oldest first. */
export async function listOpenTasks(session: Session): Promise<OpenTask[]> {
  const rows = await session.query
    .selectFrom('task')
    .select(['id', 'type', 'created', 'parameters'])
    .where('completed', 'is', null)
    .orderBy('created')
    .orderBy('id')
    .execute();
  return rows.map(({ parameters, ...task }) => ({ ...task, file: (JSON.parse(parameters) as { file?: string }).file }));
}
