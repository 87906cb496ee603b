import { Type } from 'typebox';
import { dateTime, nullable, oneOf } from '../schemas.ts';

const message = Type.Object(
  {
    type: oneOf(['INFO', 'WARN', 'ERROR']),
    localizedText: Type.Object({ locale: Type.String(), message: Type.String() }, { additionalProperties: false }),
    key: Type.String(),
    parameters: Type.Array(Type.String()),
  },
  { additionalProperties: false, title: 'TaskStatusMessage' },
);

const target = nullable(
  Type.Object(
    { id: Type.String(), type: oneOf(['APPLICATION', 'IDENTITY']), name: Type.String() },
    { additionalProperties: false },
  ),
);

/** The completion statuses of tasks (contract B.7). */
export const completionStatuses = ['SUCCESS', 'WARNING', 'ERROR', 'TERMINATED', 'TEMPERROR'] as const;

/** A reference to a task (TaskResultDto). */
export const taskResult = Type.Object(
  { type: oneOf(['TASK_RESULT']), id: Type.String(), name: Type.String() },
  { additionalProperties: false, title: 'TaskResultDto' },
);

/** TaskStatus (contract B.7): clients require every key. */
export const taskStatus = Type.Object(
  {
    id: Type.String(),
    type: oneOf(['QUARTZ', 'QPOC', 'QUEUED_TASK']),
    uniqueName: Type.String(),
    description: Type.String(),
    parentName: nullable(Type.String()),
    launcher: Type.String(),
    target: Type.Optional(target),
    created: dateTime,
    modified: nullable(dateTime),
    launched: nullable(dateTime),
    completed: nullable(dateTime),
    completionStatus: nullable(oneOf(completionStatuses)),
    messages: Type.Array(message),
    returns: Type.Array(
      Type.Object(
        { name: Type.String(), attributeName: Type.String() },
        { additionalProperties: false, title: 'TaskReturnDetails' },
      ),
    ),
    attributes: Type.Record(Type.String(), Type.Unknown()),
    progress: nullable(Type.String()),
    percentComplete: Type.Integer(),
  },
  { additionalProperties: false, title: 'TaskStatus' },
);

/** The patchable fields of a task. */
export const patchableTask = { schema: Type.Pick(taskStatus, ['completionStatus', 'completed']) };

/** The response to a request for an entitlement aggregation (contract A.3, LoadEntitlementTask). */
export const loadEntitlementTask = Type.Object(
  {
    id: Type.String(),
    type: Type.String(),
    uniqueName: Type.String(),
    name: Type.String(),
    description: Type.String(),
    launcher: Type.String(),
    created: dateTime,
    returns: Type.Array(
      Type.Object({ displayLabel: Type.String(), attributeName: Type.String() }, { additionalProperties: false }),
    ),
  },
  { additionalProperties: false, title: 'LoadEntitlementTask' },
);

/** The response to a request for an account aggregation (contract B.1, LoadAccountsTask). */
export const loadAccountsTask = Type.Object(
  {
    success: Type.Boolean(),
    task: Type.Object(
      {
        id: Type.String(),
        type: Type.String(),
        name: Type.String(),
        description: Type.String(),
        launcher: Type.String(),
        created: dateTime,
        launched: nullable(dateTime),
        completed: nullable(dateTime),
        completionStatus: nullable(oneOf(['SUCCESS', 'WARNING', 'ERROR', 'TERMINATED', 'TEMP_ERROR'])),
        parentName: nullable(Type.String()),
        messages: Type.Array(
          Type.Object(
            {
              type: oneOf(['INFO', 'WARN', 'ERROR']),
              error: Type.Boolean(),
              warning: Type.Boolean(),
              key: Type.String(),
              localizedText: Type.String(),
            },
            { additionalProperties: false },
          ),
        ),
        progress: nullable(Type.String()),
        attributes: Type.Object(
          { appId: Type.String(), optimizedAggregation: oneOf(['enabled', 'disabled']) },
          { additionalProperties: false },
        ),
        returns: Type.Array(
          Type.Object({ displayLabel: Type.String(), attributeName: Type.String() }, { additionalProperties: false }),
        ),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false, title: 'LoadAccountsTask' },
);

/** The response to a request for a manual correlation (contract B.1, LoadUncorrelatedAccountsTask; C.3). */
export const loadUncorrelatedAccountsTask = Type.Object(
  {
    success: Type.Boolean(),
    task: Type.Object(
      {
        ...Type.Omit(loadAccountsTask.properties.task, ['attributes', 'returns']).properties,
        attributes: Type.Record(Type.String(), Type.Unknown()),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false, title: 'LoadUncorrelatedAccountsTask' },
);
