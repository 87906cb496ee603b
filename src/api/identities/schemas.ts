import { Type } from 'typebox';
import { dateTime, nullable, oneOf } from '../schemas.ts';

/** The values of `identityStatus` and of the filter `cloudStatus` (contract B.3). */
export const identityStatuses = [
  'UNREGISTERED',
  'REGISTERED',
  'PENDING',
  'WARNING',
  'DISABLED',
  'ACTIVE',
  'DEACTIVATED',
  'TERMINATED',
  'ERROR',
  'LOCKED',
] as const;

export const processingStates = ['ERROR', 'OK'] as const;

/** An identity (contract B.3). */
export const identity = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    alias: Type.String(),
    emailAddress: nullable(Type.String()),
    processingState: nullable(oneOf(processingStates)),
    identityStatus: oneOf(identityStatuses),
    managerRef: nullable(
      Type.Object(
        { type: oneOf(['IDENTITY']), id: Type.String(), name: Type.String() },
        { additionalProperties: false },
      ),
    ),
    isManager: Type.Boolean(),
    lastRefresh: dateTime,
    attributes: Type.Record(Type.String(), Type.Unknown()),
    lifecycleState: nullable(
      Type.Object(
        { stateName: Type.String(), manuallyUpdated: Type.Boolean() },
        { additionalProperties: false, title: 'LifecycleStateDto' },
      ),
    ),
    created: dateTime,
    modified: dateTime,
  },
  { additionalProperties: false, title: 'Identity' },
);

/** The `{identityId}` of a path. */
export const identityIdPath = Type.Object({ identityId: Type.String({ minLength: 1 }) });
