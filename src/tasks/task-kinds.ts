import type { TaskType } from '../storage/tasks/tasks.ts';
import { runAccountAggregation } from './run-account-aggregation.ts';
import { runAccountChange } from './run-account-change.ts';
import { runAccountCorrelation } from './run-account-correlation.ts';
import { runAccountRemoval } from './run-account-removal.ts';
import { runEntitlementAggregation } from './run-entitlement-aggregation.ts';
import { runManualCorrelation } from './run-manual-correlation.ts';
import { runIdentityRefresh } from './run-identity-refresh.ts';
import { runMetadataUpdate } from './run-metadata-update.ts';
import { runEntitlementDeletion } from './run-entitlement-deletion.ts';
import { runEntitlementUpdate } from './run-entitlement-update.ts';
import { runEntitlementReset } from './run-entitlement-reset.ts';
import { runSourceDeletion } from './run-source-deletion.ts';
import type { TaskRun } from './task-run.ts';

/** The function that runs each type of task. It records the end of the task, unless it was interrupted. */
export const taskKinds: Readonly<Record<TaskType, (run: TaskRun) => Promise<void>>> = {
  ACCOUNT_CHANGE: runAccountChange,
  ACCOUNT_CORRELATION: runAccountCorrelation,
  ACCOUNT_DELETION: runAccountRemoval,
  CLOUD_ACCOUNT_AGGREGATION: runAccountAggregation,
  CLOUD_GROUP_AGGREGATION: runEntitlementAggregation,
  CLOUD_PROCESS_UNCORRELATED_ACCOUNTS: runManualCorrelation,
  IDENTITY_REFRESH: runIdentityRefresh,
  METADATA_UPDATE: runMetadataUpdate,
  ENTITLEMENT_DELETION: runEntitlementDeletion,
  ENTITLEMENT_UPDATE: runEntitlementUpdate,
  ENTITLEMENT_RESET: runEntitlementReset,
  SOURCE_DELETION: runSourceDeletion,
};
