import { type TProperties, Type } from 'typebox';
import { approverTypes, durationUnits, mostSchemes } from '../../domain/request-config/check-request-config.ts';
import { configOrigins } from '../../domain/request-config/inheritance.ts';
import { nullable, oneOf } from '../schemas.ts';

const strict = { additionalProperties: false };

const duration = Type.Object(
  {
    value: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
    timeUnit: oneOf(durationUnits),
  },
  strict,
);

const scheme = Type.Object(
  { approverType: oneOf(approverTypes), approverId: nullable(Type.String()) },
  { ...strict, title: 'EntitlementApprovalScheme' },
);
const schemes = Type.Array(scheme);

const accessFields = {
  approvalSchemes: schemes,
  requestCommentRequired: Type.Boolean(),
  denialCommentRequired: Type.Boolean(),
  reauthorizationRequired: Type.Boolean(),
  requireEndDate: Type.Boolean(),
  maxPermittedAccessDuration: nullable(duration),
};

/** The newest family can ask for a form; there are none here. */
const noForm = { formDefinitionId: Type.Null() };

function shown(access: TProperties) {
  return Type.Object(
    {
      accessRequestConfig: Type.Object(access, { ...strict, title: 'EntitlementAccessRequestConfig' }),
      revocationRequestConfig: Type.Object({ approvalSchemes: schemes }, strict),
    },
    { ...strict, title: 'EntitlementRequestConfig' },
  );
}

/** A request configuration with all values (contract A.3). */
export const requestConfig = shown(accessFields);

/** The same in v1. */
export const requestConfigV1 = shown({ ...accessFields, ...noForm });

const schemeInput = Type.Object(
  {
    approverType: oneOf(approverTypes),
    approverId: Type.Optional(
      nullable(Type.String({ description: 'The id of the GOVERNANCE_GROUP or WORKFLOW; only for these.' })),
    ),
  },
  strict,
);
const schemesInput = Type.Optional(
  nullable(
    Type.Array(schemeInput, {
      maxItems: mostSchemes,
      description: 'The steps of the approval in their order. None: approved at once.',
    }),
  ),
);
const flagInput = Type.Optional(nullable(Type.Boolean()));

const accessInput = {
  approvalSchemes: schemesInput,
  requestCommentRequired: flagInput,
  denialCommentRequired: flagInput,
  reauthorizationRequired: flagInput,
  requireEndDate: flagInput,
  maxPermittedAccessDuration: Type.Optional(
    nullable({
      ...duration,
      description: 'The longest duration of access. Null: there is no limit.',
    } as typeof duration),
  ),
};

function input<T extends TProperties>(access: T) {
  return Type.Object(
    {
      accessRequestConfig: Type.Optional(nullable(Type.Object(access, strict))),
      revocationRequestConfig: Type.Optional(nullable(Type.Object({ approvalSchemes: schemesInput }, strict))),
    },
    {
      ...strict,
      title: 'EntitlementRequestConfigInput',
      description: 'Values that are absent are inherited from the source, or else from the organisation.',
    },
  );
}

/** The form in requests. */
export const requestConfigInput = input(accessInput);

/** The same in v1. */
export const requestConfigInputV1 = input({
  ...accessInput,
  formDefinitionId: Type.Optional(nullable(Type.String({ description: 'Must be null: there are no forms.' }))),
});

const origin = oneOf(configOrigins);

/** What is set in one place: any of the values. */
export const setRequestConfig = Type.Object(
  {
    accessRequestConfig: Type.Optional(
      Type.Object(
        {
          approvalSchemes: Type.Optional(Type.Array(Type.Partial(scheme, strict))),
          requestCommentRequired: Type.Optional(Type.Boolean()),
          denialCommentRequired: Type.Optional(Type.Boolean()),
          reauthorizationRequired: Type.Optional(Type.Boolean()),
          requireEndDate: Type.Optional(Type.Boolean()),
          maxPermittedAccessDuration: Type.Optional(nullable(duration)),
        },
        strict,
      ),
    ),
    revocationRequestConfig: Type.Optional(
      Type.Object({ approvalSchemes: Type.Optional(Type.Array(Type.Partial(scheme, strict))) }, strict),
    ),
  },
  { ...strict, title: 'SetRequestConfig' },
);

/** A request configuration and where its values come from. */
export const requestConfigOrigins = Type.Object(
  {
    own: nullable(setRequestConfig),
    inForce: requestConfig,
    origins: Type.Object(
      {
        accessRequestConfig: Type.Object(
          {
            approvalSchemes: origin,
            requestCommentRequired: origin,
            denialCommentRequired: origin,
            reauthorizationRequired: origin,
            requireEndDate: origin,
            maxPermittedAccessDuration: origin,
          },
          strict,
        ),
        revocationRequestConfig: Type.Object({ approvalSchemes: origin }, strict),
      },
      { ...strict, description: 'Where each value in force is set. DEFAULT: nowhere.' },
    ),
  },
  { ...strict, title: 'RequestConfigOrigins' },
);
