import { Type } from 'typebox';
import { changedObjects, changeKinds } from '../../domain/changes/changes.ts';
import { recordedFields } from '../entitlements/recorded-fields.ts';
import { dateTime, nullable, oneOf } from '../schemas.ts';

const fields = (description: string) => nullable(Type.Record(Type.String(), Type.Unknown(), { description }));

const common = {
  number: Type.Integer({ description: 'Grows from change to change.' }),
  time: dateTime,
  kind: oneOf(changeKinds),
  actor: nullable(
    Type.Object(
      { id: Type.String(), name: Type.Optional(Type.String({ description: 'What the identity is called today.' })) },
      { additionalProperties: false },
    ),
  ),
  clientId: nullable(Type.String()),
  taskId: nullable(Type.String()),
  trackingId: nullable(Type.String()),
};

const wasThere = 'The changed fields as they were; all of them when the object was deleted.';
const isThere = 'The changed fields as they are; what its source said of it when an entitlement was created.';

/** A change in the history of an entitlement. */
export const historyEntry = Type.Object(
  {
    ...common,
    before: Type.Union([recordedFields, Type.Null()], { description: wasThere }),
    after: Type.Union([recordedFields, Type.Null()], { description: isThere }),
  },
  { additionalProperties: false, title: 'HistoryEntry' },
);

/** A change in the record of all changes. */
export const change = Type.Object(
  {
    ...common,
    before: fields(wasThere),
    after: fields(isThere),
    objectType: oneOf(changedObjects),
    objectId: Type.String(),
  },
  { additionalProperties: false, title: 'Change' },
);
