import { type TObject, type TProperties, Type } from 'typebox';
import { comesBack, nullable, oneOf } from '../schemas.ts';
import { requestConfig, requestConfigInput, requestConfigInputV1, requestConfigV1 } from './schemas.ts';

/** The settings that a family has, of those of the organisation (contract B.12). */
export interface AccessRequestConfigShape {
  /** The name of the schema. */
  readonly title: string;
  /** `classic`: the form of v3 and beta, with a text for the steps; `form`: with a form, of which there are none. */
  readonly entitlements: 'classic' | 'plain' | 'form';
  readonly hasReminders: boolean;
  readonly hasMachineIdentities: boolean;
  /** The flags beside those of all families. */
  readonly flags: readonly (
    | 'autoApprovalEnabled'
    | 'govGroupVisibilityEnabled'
    | 'machineIdentityAccessRequestEnabled'
  )[];
}

const title = 'AccessRequestConfig';
const withReminders = { title, hasReminders: true, flags: ['autoApprovalEnabled'] } as const;

/** v3 and beta. */
export const classicShape: AccessRequestConfigShape = {
  ...withReminders,
  entitlements: 'classic',
  hasMachineIdentities: false,
};

/** v2024 and v2025. */
export const plainShape: AccessRequestConfigShape = {
  ...withReminders,
  entitlements: 'plain',
  hasMachineIdentities: false,
};

/** v2026, without what became obsolete. */
export const newShape: AccessRequestConfigShape = {
  title,
  entitlements: 'plain',
  hasReminders: false,
  hasMachineIdentities: false,
  flags: ['govGroupVisibilityEnabled'],
};

/** The first version of the per-service layout. */
export const serviceShape: AccessRequestConfigShape = {
  ...withReminders,
  entitlements: 'form',
  hasMachineIdentities: true,
};

/** The second version of the per-service layout. */
export const secondServiceShape: AccessRequestConfigShape = {
  title: 'AccessRequestConfigV2',
  entitlements: 'form',
  hasReminders: false,
  hasMachineIdentities: true,
  flags: ['govGroupVisibilityEnabled', 'machineIdentityAccessRequestEnabled'],
};

const strict = { additionalProperties: false };
const days = nullable(Type.Integer({ minimum: 0, maximum: 3650 }));
const reminders = {
  daysUntilEscalation: days,
  daysBetweenReminders: days,
  maxReminders: nullable(Type.Integer({ minimum: 0, maximum: 20 })),
};
const fallback = { type: oneOf(['IDENTITY']), id: Type.String(), name: Type.String() };
const someBoolean = Type.Optional(nullable(Type.Boolean()));

/** The schema of responses. */
export function accessRequestConfigShown(shape: AccessRequestConfigShape): TObject {
  const flag = Type.Boolean();
  return Type.Object(
    {
      ...flagsOf(shape, flag),
      requestOnBehalfOfConfig: Type.Object(onBehalfOf(shape, flag), strict),
      ...(shape.hasReminders
        ? {
            approvalReminderAndEscalationConfig: Type.Object(
              {
                ...reminders,
                fallbackApproverRef: nullable(
                  Type.Object({ ...fallback, email: Type.Optional(Type.String()) }, strict),
                ),
              },
              strict,
            ),
          }
        : {}),
      entitlementRequestConfig: entitlementsShown(shape),
    },
    { ...strict, title: shape.title },
  );
}

/** The schema of requests. Null and absent mean the default. */
export function accessRequestConfigInput(shape: AccessRequestConfigShape): TObject {
  return Type.Object(
    {
      ...flagsOf(shape, someBoolean),
      requestOnBehalfOfConfig: optional(onBehalfOf(shape, someBoolean)),
      ...(shape.hasReminders
        ? {
            approvalReminderAndEscalationConfig: optional({
              daysUntilEscalation: Type.Optional(reminders.daysUntilEscalation),
              daysBetweenReminders: Type.Optional(reminders.daysBetweenReminders),
              maxReminders: Type.Optional(reminders.maxReminders),
              fallbackApproverRef: optional({
                type: Type.Optional(fallback.type),
                id: fallback.id,
                name: Type.Optional(nullable(fallback.name)),
                email: comesBack,
              }),
            }),
          }
        : {}),
      entitlementRequestConfig: Type.Optional(nullable(entitlementsInput(shape))),
    },
    { ...strict, title: `${shape.title}Input` },
  );
}

/** The names of the flags in a family. */
export function flagNames({ flags }: AccessRequestConfigShape) {
  return ['approvalsMustBeExternal', 'reauthorizationEnabled', ...flags] as const;
}

/** The names of the flags of `requestOnBehalfOfConfig` in a family. */
export function onBehalfOfNames({ hasMachineIdentities }: AccessRequestConfigShape) {
  return [
    'allowRequestOnBehalfOfAnyoneByAnyone',
    'allowRequestOnBehalfOfEmployeeByManager',
    ...(hasMachineIdentities
      ? (['allowRequestOnBehalfOfForMachineIdentity', 'allowRequestForMachineByOwner'] as const)
      : []),
  ] as const;
}

function flagsOf(shape: AccessRequestConfigShape, flag: TProperties[string]): TProperties {
  return Object.fromEntries(flagNames(shape).map((name) => [name, flag]));
}

function onBehalfOf(shape: AccessRequestConfigShape, flag: TProperties[string]): TProperties {
  return Object.fromEntries(onBehalfOfNames(shape).map((name) => [name, flag]));
}

const classicSchemes = nullable(
  Type.String({
    description:
      'The steps of the approval in their order, separated by commas: entitlementOwner, sourceOwner, manager, workgroup:ID.',
  }),
);

function entitlementsShown({ entitlements }: AccessRequestConfigShape): TObject {
  if (entitlements !== 'classic') {
    return entitlements === 'form' ? requestConfigV1 : requestConfig;
  }
  return Type.Object(
    {
      allowEntitlementRequest: Type.Boolean(),
      requestCommentsRequired: Type.Boolean(),
      deniedCommentsRequired: Type.Boolean(),
      grantRequestApprovalSchemes: classicSchemes,
    },
    strict,
  );
}

function entitlementsInput({ entitlements }: AccessRequestConfigShape): TObject {
  if (entitlements !== 'classic') {
    return entitlements === 'form' ? requestConfigInputV1 : requestConfigInput;
  }
  return Type.Object(
    {
      allowEntitlementRequest: someBoolean,
      requestCommentsRequired: someBoolean,
      deniedCommentsRequired: someBoolean,
      grantRequestApprovalSchemes: Type.Optional(classicSchemes),
    },
    strict,
  );
}

function optional<T extends TProperties>(fields: T) {
  return Type.Optional(nullable(Type.Object(fields, strict)));
}
