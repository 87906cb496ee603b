/**
 * The recorded fields of an entitlement, with the contract's names. The record separates the values from the source and
 * from users where the contract has a single field: these are in `fromSource` and `manual`.
 */
import { Type } from 'typebox';
import { setRequestConfig } from '../request-config/schemas.ts';
import { dateTime, nullable, reference } from '../schemas.ts';
import { entitlement } from './schemas.ts';

const { properties } = entitlement;
const text = Type.Optional(nullable(Type.String()));
const part = { additionalProperties: false };

/** Fields of an entitlement: those that a change affects. */
export const recordedFields = Type.Object(
  {
    source: Type.Optional(reference('SOURCE')),
    sourceSchemaObjectType: Type.Optional(Type.String()),
    created: Type.Optional(dateTime),
    value: Type.Optional(Type.String()),
    isListed: Type.Optional(Type.Boolean({ description: 'Whether the last complete file of its source lists it.' })),
    fromSource: Type.Optional(
      Type.Object(
        { name: text, description: text, privilegeLevel: text },
        { ...part, description: 'The values from the source. They are effective unless a user has set the field.' },
      ),
    ),
    attributes: Type.Optional(properties.attributes),
    directPermissions: Type.Optional(nullable(properties.directPermissions)),
    parents: Type.Optional(Type.Array(Type.String(), { description: 'The values of the parents, known or not.' })),
    manual: Type.Optional(
      Type.Object(
        { name: text, description: text },
        {
          ...part,
          description: 'The values set by users. They are effective while the field is true in manuallyUpdatedFields.',
        },
      ),
    ),
    manuallyUpdatedFields: Type.Optional(
      Type.Object({ DISPLAY_NAME: Type.Optional(Type.Boolean()), DESCRIPTION: Type.Optional(Type.Boolean()) }, part),
    ),
    owner: Type.Optional(nullable(reference('IDENTITY'))),
    additionalOwners: Type.Optional(properties.additionalOwners),
    requestable: Type.Optional(Type.Boolean()),
    privilegeOverride: Type.Optional(
      Type.Object(
        { level: text, setBy: text },
        {
          ...part,
          description: 'The level set by a user and the id of that user; null: the level from the source is effective.',
        },
      ),
    ),
    segments: Type.Optional(properties.segments),
    accessModelMetadata: Type.Optional(
      nullable(
        Type.Object(
          {
            attributes: Type.Array(
              Type.Object(
                { key: Type.String(), values: Type.Array(Type.Object({ value: Type.String() }, part)) },
                part,
              ),
            ),
          },
          { ...part, description: 'The keys of attributes and values, whose names can change.' },
        ),
      ),
    ),
    requestConfig: Type.Optional(nullable(setRequestConfig)),
    tags: Type.Optional(nullable(Type.Array(Type.String()))),
  },
  { additionalProperties: false, title: 'RecordedEntitlement' },
);

type Place = readonly [field: string, part?: string];

/** The wire names of recorded fields with different names. */
const places: ReadonlyMap<string, Place> = new Map([
  ['type', ['sourceSchemaObjectType']],
  ['displayName', ['fromSource', 'name']],
  ['description', ['fromSource', 'description']],
  ['privilege', ['fromSource', 'privilegeLevel']],
  ['permissions', ['directPermissions']],
  ['manualName', ['manual', 'name']],
  ['manualDescription', ['manual', 'description']],
  ['isNameManual', ['manuallyUpdatedFields', 'DISPLAY_NAME']],
  ['isDescriptionManual', ['manuallyUpdatedFields', 'DESCRIPTION']],
  ['privilegeOverride', ['privilegeOverride', 'level']],
  ['privilegeOverrideBy', ['privilegeOverride', 'setBy']],
]);

/** Converts recorded fields of an entitlement to the wire form. */
export function toRecordedFields(recorded: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(recorded)) {
    if (name === 'sourceId') {
      shown['source'] = { type: 'SOURCE', id: value };
    } else if (name === 'ownerId') {
      shown['owner'] = value === null ? null : { type: 'IDENTITY', id: value };
    } else {
      const [field, inner] = places.get(name) ?? [name];
      shown[field] = inner === undefined ? value : { ...(shown[field] as object | undefined), [inner]: value };
    }
  }
  return shown;
}
