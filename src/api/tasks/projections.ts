import type { Static } from 'typebox';
import type { Task } from '../../domain/tasks/tasks.ts';
import { wireTime } from '../wire-time.ts';
import type { loadAccountsTask, loadEntitlementTask, loadUncorrelatedAccountsTask, taskStatus } from './schemas.ts';

/** The counts of an entitlement aggregation that ISC returns: attribute name and label. */
const entitlementReturns = [
  ['applications', 'TASK_OUT_ACCOUNT_GROUP_AGGREGATION_APPLICATIONS'],
  ['total', 'TASK_OUT_ACCOUNT_GROUP_AGGREGATION_TOTAL'],
  ['groupsCreated', 'TASK_OUT_ACCOUNT_GROUP_AGGREGATION_CREATED'],
  ['groupsUpdated', 'TASK_OUT_ACCOUNT_GROUP_AGGREGATION_UPDATED'],
  ['groupsDeleted', 'TASK_OUT_ACCOUNT_GROUP_AGGREGATION_DELETED'],
] as const;

/**
 * The counts of an account aggregation that ISC returns. Most concern features that Muniment does not have; the task has
 * no attributes for them.
 */
const accountReturns = [
  ['applications', 'TASK_OUT_ACCOUNT_AGGREGATION_APPLICATIONS'],
  ['total', 'TASK_OUT_ACCOUNT_AGGREGATION_TOTAL'],
  ['optimizedAggregation', 'TASK_OUT_ACCOUNT_AGGREGATION_OPTIMIZED'],
  ['ignored', 'TASK_OUT_ACCOUNT_AGGREGATION_IGNORED'],
  ['optimized', 'TASK_OUT_UNCHANGED_ACCOUNTS'],
  ['created', 'TASK_OUT_ACCOUNT_AGGREGATION_CREATED'],
  ['updated', 'TASK_OUT_ACCOUNT_AGGREGATION_UPDATED'],
  ['deleted', 'TASK_OUT_ACCOUNT_AGGREGATION_DELETED'],
  ['managerChanges', 'TASK_OUT_ACCOUNT_AGGREGATION_MANAGER_CHANGES'],
  ['detectedRoleChanges', 'TASK_OUT_ACCOUNT_AGGREGATION_BUSINESS_ROLE_CHANGES'],
  ['exceptionChanges', 'TASK_OUT_ACCOUNT_AGGREGATION_EXCEPTION_CHANGES'],
  ['policies', 'TASK_OUT_ACCOUNT_AGGREGATION_POLICIES'],
  ['policyViolations', 'TASK_OUT_ACCOUNT_AGGREGATION_POLICY_VIOLATIONS'],
  ['policyNotifications', 'TASK_OUT_ACCOUNT_AGGREGATION_POLICY_NOTIFICATIONS'],
  ['scoresChanged', 'TASK_OUT_ACCOUNT_AGGREGATION_SCORES_CHANGED'],
  ['snapshotsCreated', 'TASK_OUT_ACCOUNT_AGGREGATION_SNAPSHOTS_CREATED'],
  ['scopesCreated', 'TASK_OUT_ACCOUNT_AGGREGATION_SCOPES_CREATED'],
  ['scopesCorrelated', 'TASK_OUT_ACCOUNT_AGGREGATION_SCOPES_CORRELATED'],
  ['scopesSelected', 'TASK_OUT_ACCOUNT_AGGREGATION_SCOPES_SELECTED'],
  ['scopesDormant', 'TASK_OUT_ACCOUNT_AGGREGATION_SCOPES_DORMANT'],
  ['unscopedIdentities', 'TASK_OUT_ACCOUNT_AGGREGATION_UNSCOPED_IDENTITIES'],
  ['certificationsCreated', 'TASK_OUT_ACCOUNT_AGGREGATION_CERTIFICATIONS_CREATED'],
  ['certificationsDeleted', 'TASK_OUT_ACCOUNT_AGGREGATION_CERTIFICATIONS_DELETED'],
  ['applicationsGenerated', 'TASK_OUT_ACCOUNT_AGGREGATION_APPLICATIONS_GENERATED'],
  ['managedAttributesCreated', 'TASK_OUT_ACCOUNT_AGGREGATION_MANAGED_ATTRIBUTES_PROMOTED'],
  ['managedAttributesCreatedByApplication', 'TASK_OUT_ACCOUNT_AGGREGATION_MANAGED_ATTRIBUTES_PROMOTED_BY_APP'],
  ['identityEntitlementsCreated', 'TASK_OUT_ACCOUNT_AGGREGATION_IDENTITYENTITLEMENTS_CREATED'],
  ['groupsCreated', 'TASK_OUT_ACCOUNT_AGGREGATION_GROUPS_CREATED'],
] as const;

/** The counts of a manual correlation. */
const correlationReturns = [
  ['applications', 'TASK_OUT_ACCOUNT_CORRELATION_APPLICATIONS'],
  ['total', 'TASK_OUT_ACCOUNT_CORRELATION_TOTAL'],
  ['correlated', 'TASK_OUT_ACCOUNT_CORRELATION_CORRELATED'],
  ['uncorrelated', 'TASK_OUT_ACCOUNT_CORRELATION_UNCORRELATED'],
] as const;

const returnsByType: Readonly<Partial<Record<Task['type'], readonly (readonly [string, string])[]>>> = {
  CLOUD_GROUP_AGGREGATION: entitlementReturns,
  CLOUD_ACCOUNT_AGGREGATION: accountReturns,
  CLOUD_PROCESS_UNCORRELATED_ACCOUNTS: correlationReturns,
};

/** Converts a task to the form of `/task-status`. */
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
    returns: (returnsByType[task.type] ?? []).map(([attributeName, name]) => ({ name, attributeName })),
    attributes: { ...task.attributes },
    progress: task.progress,
    percentComplete: task.percentComplete,
  };
}

/** Converts a new task to the response of `load-entitlements`; ISC sends `name` in addition to `uniqueName`. */
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

/** Converts a new task to the response of `load-accounts`. */
export function toLoadAccountsTask(task: Task): Static<typeof loadAccountsTask> {
  return {
    success: true,
    task: {
      ...newTask(task),
      attributes: {
        appId: task.sourceId ?? '',
        optimizedAggregation: task.attributes['optimizedAggregation'] === 'disabled' ? 'disabled' : 'enabled',
      },
      returns: accountReturns.map(([attributeName, displayLabel]) => ({ displayLabel, attributeName })),
    },
  };
}

/** Converts a new task to the response of `load-uncorrelated-accounts`, which has no returns (contract C.3). */
export function toLoadUncorrelatedAccountsTask(task: Task): Static<typeof loadUncorrelatedAccountsTask> {
  return { success: true, task: { ...newTask(task), attributes: {} } };
}

function newTask(task: Task): Omit<Static<typeof loadAccountsTask>['task'], 'attributes' | 'returns'> {
  return {
    id: task.id,
    type: 'QUARTZ',
    name: task.uniqueName,
    description: task.description,
    launcher: task.launcher,
    created: wireTime(task.created),
    launched: null,
    completed: null,
    completionStatus: null,
    parentName: null,
    messages: [],
    progress: null,
  };
}
