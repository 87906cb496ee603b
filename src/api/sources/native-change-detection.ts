import { Type } from 'typebox';
import { nativeOperations } from '../../domain/sources/native-change-detection.ts';
import { oneOf } from '../schemas.ts';

const operations = Type.Array(oneOf(nativeOperations));
const names = Type.Array(Type.String());

/** Which changes on a source are to be reported (contract B.1). */
export const nativeChangeDetection = Type.Object(
  {
    enabled: Type.Boolean(),
    operations,
    allEntitlements: Type.Boolean(),
    allNonEntitlementAttributes: Type.Boolean(),
    selectedEntitlements: names,
    selectedNonEntitlementAttributes: names,
  },
  { additionalProperties: false, title: 'NativeChangeDetectionConfig' },
);

/** The same in requests. */
export const nativeChangeDetectionInput = Type.Partial(nativeChangeDetection, {
  additionalProperties: false,
  title: 'NativeChangeDetectionConfigInput',
});

/** The path of the configuration. */
export const detectionPath = Type.Object({ sourceId: Type.String({ minLength: 1 }) });

/** Beta declares no level, which would open it to all users. */
export const detectionLevels = ['ORG_ADMIN'] as const;
