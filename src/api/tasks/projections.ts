import type { Static } from 'typebox';
import type { Task } from '../../domain/tasks.ts';
import { wireTime } from '../schemas.ts';
import type { loadEntitlementTask, taskStatus } from './schemas.ts';

/** The figures of an aggregation of entitlements that ISC announces: attribute name and label. */
const entitlementReturns = [
  ['applications', 'TASK_OUT_ACCOUNT_GROUP_AGGREGATION_APPLICATIONS'],
  ['total', 'TASK_OUT_ACCOUNT_GROUP_AGGREGATION_TOTAL'],
  ['groupsCreated', 'TASK_OUT_ACCOUNT_GROUP_AGGREGATION_CREATED'],
  ['groupsUpdated', 'TASK_OUT_ACCOUNT_GROUP_AGGREGATION_UPDATED'],
  ['groupsDeleted', 'TASK_OUT_ACCOUNT_GROUP_AGGREGATION_DELETED'],
] as const;

/** A task as `/task-status` shows it. */
export function toTaskStatus(task: Task): Static<typeof taskStatus> {
  const optionalTime = (time: number | null): string | null => (time === null ? null : wireTime(time));
  return {
    id: task.id,
    type: 'QUARTZ',
    uniqueName: task.uniqueName,
    description: task.description,
    parentName: null,
    launcher: task.launcher,
    created: wireTime(task.created),
    modified: wireTime(task.modified),
    launched: optionalTime(task.launched),
    completed: optionalTime(task.completed),
    completionStatus: task.completionStatus,
    messages: task.messages.map(({ type, text, key, parameters }) => ({
      type,
      localizedText: { locale: 'en-US', message: text },
      key: key ?? text,
      parameters: [...(parameters ?? [])],
    })),
    returns:
      task.type === 'CLOUD_GROUP_AGGREGATION'
        ? entitlementReturns.map(([attributeName, name]) => ({ name, attributeName }))
        : [],
    attributes: { ...task.attributes },
    progress: task.progress,
    percentComplete: task.percentComplete,
  };
}

/** A new task as `load-entitlements` answers it; `name` stands beside `uniqueName` because ISC sends that one. */
export function toLoadEntitlementTask(task: Task): Static<typeof loadEntitlementTask> {
  return {
    id: task.id,
    type: 'QUARTZ',
    uniqueName: task.uniqueName,
    name: task.uniqueName,
    description: task.description,
    launcher: task.launcher,
    created: wireTime(task.created),
    returns: entitlementReturns.map(([attributeName, displayLabel]) => ({ displayLabel, attributeName })),
  };
}
