import { Type } from 'typebox';
import { dateTime, nullable, oneOf } from '../schemas.ts';

/** A value of an attribute (contract B.6). */
export const attributeValue = Type.Object(
  { value: Type.String(), name: Type.String(), status: Type.Optional(Type.String()) },
  { additionalProperties: false, title: 'AttributeValueDTO' },
);

const members = {
  key: Type.String(),
  name: Type.String(),
  multiselect: Type.Boolean(),
  status: Type.String(),
  type: Type.String(),
  objectTypes: Type.Array(Type.String()),
  description: Type.Optional(Type.String()),
  values: Type.Array(attributeValue),
};

/** An attribute with all its values. */
export const attribute = Type.Object(members, { additionalProperties: false, title: 'AttributeDTO' });

/** An attribute with the values that an object has (contract A.3). */
export const assignedAttribute = Type.Object(
  {
    key: members.key,
    name: members.name,
    multiselect: Type.Optional(members.multiselect),
    status: Type.Optional(members.status),
    type: Type.Optional(members.type),
    objectTypes: Type.Optional(members.objectTypes),
    description: members.description,
    values: members.values,
  },
  { additionalProperties: false, title: 'AccessModelMetadata' },
);

const optional = <T extends Parameters<typeof nullable>[0]>(schema: T) => Type.Optional(nullable(schema));

/** Values that clients add at run time, which do not exist here. */
const notAdHoc = optional(Type.Boolean({ const: false, description: 'Ad hoc values are not supported.' }));

/** A value in a request. */
export const valueInput = Type.Object(
  {
    value: optional(Type.String({ description: 'Default: the name in camel case.' })),
    name: Type.String(),
    status: optional(oneOf(['active'])),
    type: optional(oneOf(['static'])),
  },
  { additionalProperties: false, title: 'AttributeValueInput' },
);

/** The fields of an attribute that can be patched. */
export const patchableFields = Type.Object({
  name: Type.String(),
  description: optional(Type.String()),
  multiselect: optional(Type.Boolean()),
  values: optional(Type.Array(valueInput)),
});

/** A new attribute in a request. */
export const attributeInput = Type.Object(
  {
    key: optional(Type.String({ description: 'Default: the name in camel case.' })),
    ...patchableFields.properties,
    isAdhoc: notAdHoc,
    status: optional(oneOf(['active'])),
    type: optional(oneOf(['custom'])),
    objectTypes: optional(
      Type.Array(Type.String(), { description: 'general (default), all, entitlement, role, accessProfile' }),
    ),
  },
  { additionalProperties: false, title: 'AttributeInput' },
);

/** The parts of a bulk update that its three forms have in common. */
export const bulkChange = {
  operation: Type.String({ description: 'ADD, REMOVE or REPLACE, in any case.' }),
  replaceScope: optional(
    Type.String({
      description:
        'What REPLACE replaces: the values of the named attributes (ATTRIBUTE, the default) or all metadata (ALL).',
    }),
  ),
  values: Type.Array(
    Type.Object(
      {
        attribute: Type.String({ description: 'The key of an attribute.' }),
        values: nullable(Type.Array(Type.String(), { maxItems: 100 })),
      },
      { additionalProperties: false },
    ),
    { minItems: 1, maxItems: 100 },
  ),
};

/** The answer to a bulk update. */
export const bulkUpdate = Type.Object(
  { id: Type.String(), type: Type.String(), status: oneOf(['CREATED']), created: dateTime },
  { additionalProperties: false, title: 'AccessModelMetadataBulkUpdateResponse' },
);

export const keyPath = Type.Object({ key: Type.String({ minLength: 1 }) });
export const valuePath = Type.Object({ key: Type.String({ minLength: 1 }), value: Type.String({ minLength: 1 }) });
