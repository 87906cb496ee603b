import { Type } from 'typebox';
import { changedObjects, changeKinds } from '../../domain/changes/changes.ts';
import { recordedFields } from '../entitlements/recorded-fields.ts';
import { dateTime, nullable, oneOf } from '../schemas.ts';

const fields = (description: string) => nullable(Type.Record(Type.String(), Type.Unknown(), { description }));

const common = {
  number: Type.Integer({ description: 'Increases with every change.' }),
  time: dateTime,
  kind: oneOf(changeKinds),
  actor: nullable(
    Type.Object(
      { id: Type.String(), name: Type.Optional(Type.String({ description: 'The current name of the identity.' })) },
      { additionalProperties: false },
    ),
  ),
  clientId: nullable(Type.String()),
  taskId: nullable(Type.String()),
  trackingId: nullable(Type.String()),
};

const oldValues = 'The old values of the changed fields; of all fields if the object was deleted.';
const newValues = 'The new values of the changed fields; for a created entitlement the values from its source.';

/** A change in the history of an entitlement. */
export const historyEntry = Type.Object(
  {
    ...common,
    before: Type.Union([recordedFields, Type.Null()], { description: oldValues }),
    after: Type.Union([recordedFields, Type.Null()], { description: newValues }),
  },
  { additionalProperties: false, title: 'HistoryEntry' },
);

/** A change in the list of all changes. */
export const change = Type.Object(
  {
    ...common,
    before: fields(oldValues),
    after: fields(newValues),
    objectType: oneOf(changedObjects),
    objectId: Type.String(),
  },
  { additionalProperties: false, title: 'Change' },
);
