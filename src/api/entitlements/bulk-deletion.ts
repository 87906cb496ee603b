import { type Static, Type } from 'typebox';
import { notFound } from '../../errors.ts';
import { progressOf } from '../../domain/removal/bulk-deletion.ts';
import type { Task } from '../../domain/tasks/tasks.ts';
import { dateTime, nullable, oneOf } from '../schemas.ts';
import { wireTime } from '../wire-time.ts';

const strict = { additionalProperties: false };

/** A bulk deletion (contract A.2). */
export const bulkDeletion = Type.Object(
  {
    taskId: Type.String(),
    type: oneOf(['DELETE']),
    status: oneOf(['PENDING', 'IN_PROGRESS', 'COMPLETED', 'ERROR']),
    error: nullable(
      Type.Object({ locale: Type.String(), localeOrigin: oneOf(['DEFAULT']), text: Type.String() }, strict),
    ),
    created: dateTime,
    failedItems: Type.Array(Type.Object({ id: Type.String(), reason: Type.String() }, strict)),
  },
  { ...strict, title: 'EntitlementBulkDeletion' },
);

/** Converts the task of a bulk deletion. Throws 404 for a task of another kind. */
export function toBulkDeletion(task: Task): Static<typeof bulkDeletion> {
  if (task.type !== 'ENTITLEMENT_DELETION') {
    throw notFound('bulk deletion', task.id);
  }
  const failure = task.completionStatus === 'ERROR' ? task.messages.find(({ type }) => type === 'ERROR') : undefined;
  return {
    taskId: task.id,
    type: 'DELETE',
    status: statusOf(task),
    error: failure === undefined ? null : { locale: 'en-US', localeOrigin: 'DEFAULT', text: failure.text },
    created: wireTime(task.created),
    failedItems: progressOf(task).failedItems.map(({ id, reason }) => ({ id, reason })),
  };
}

function statusOf({ completionStatus, launched }: Task): Static<typeof bulkDeletion>['status'] {
  if (completionStatus === null) {
    return launched === null ? 'PENDING' : 'IN_PROGRESS';
  }
  return completionStatus === 'ERROR' ? 'ERROR' : 'COMPLETED';
}
