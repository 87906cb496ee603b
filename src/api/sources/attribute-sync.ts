import { type Static, Type } from 'typebox';
import type { SettingOfSource } from '../../domain/sources/source-settings.ts';
import { nullable, oneOf } from '../schemas.ts';

const attributes = Type.Array(
  Type.Object(
    {
      name: Type.String({ description: 'The name of an identity attribute.' }),
      displayName: Type.String(),
      enabled: Type.Boolean(),
      target: Type.String({ description: 'The name of an account attribute of the source.' }),
    },
    { additionalProperties: false, title: 'AttrSyncSourceAttributeConfig' },
  ),
);

/** Which attributes a source is to receive (contract B.1). */
export const attributeSyncConfig = Type.Object(
  {
    source: Type.Object(
      { type: oneOf(['SOURCE']), id: Type.String(), name: Type.String() },
      { additionalProperties: false },
    ),
    attributes,
  },
  { additionalProperties: false, title: 'AttrSyncSourceConfig' },
);

/** The same in requests. */
export const attributeSyncConfigInput = Type.Object(
  {
    source: Type.Object(
      {
        type: Type.Optional(oneOf(['SOURCE'])),
        id: Type.Optional(Type.String({ description: 'The source of the path.' })),
        name: Type.Optional(nullable(Type.String())),
      },
      { additionalProperties: false },
    ),
    attributes,
  },
  { additionalProperties: false, title: 'AttrSyncSourceConfigInput' },
);

/** The response with the configuration; its version is that of its source. */
export function attributeSyncReply({ source: { id, name }, value, version }: SettingOfSource<'attributeSync'>): {
  body: Static<typeof attributeSyncConfig>;
  version: number;
} {
  return { body: { source: { type: 'SOURCE', id, name }, attributes: [...(value ?? [])] }, version };
}
