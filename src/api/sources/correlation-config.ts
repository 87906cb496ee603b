import { type Static, type TProperties, Type } from 'typebox';
import type { ShownCorrelationConfig } from '../../domain/identities/correlation-config.ts';
import { nullable, oneOf } from '../schemas.ts';

const assignment = {
  property: Type.String(),
  value: Type.String(),
  operation: Type.Optional(oneOf(['EQ'])),
  complex: Type.Optional(Type.Boolean()),
  ignoreCase: Type.Optional(Type.Boolean()),
  matchMode: Type.Optional(oneOf(['ANYWHERE', 'START', 'END'])),
  filterString: Type.Optional(Type.String()),
};

function shown<F extends TProperties>(fields: F) {
  return Type.Object(
    {
      id: Type.Optional(Type.String()),
      name: Type.Optional(Type.String()),
      attributeAssignments: Type.Array(Type.Object(fields, { additionalProperties: false })),
    },
    { additionalProperties: false, title: 'CorrelationConfig' },
  );
}

/** The correlation configuration of a source (contract B.1). */
export const correlationConfig = shown(assignment);

/** The same in beta, which numbers the assignments. */
export const correlationConfigBeta = shown({ ...assignment, sequence: Type.Integer() });

/** The form in requests. Null and absent mean the same. */
export const correlationConfigInput = Type.Object(
  {
    id: Type.Optional(nullable(Type.String({ description: 'Set by the server.' }))),
    name: Type.Optional(nullable(Type.String())),
    attributeAssignments: Type.Optional(
      nullable(
        Type.Array(
          Type.Object(
            {
              ...assignment,
              property: Type.String({ description: 'The name of an identity attribute; case is ignored.' }),
              value: Type.String({ description: 'The name of an account attribute.' }),
              complex: Type.Optional(Type.Boolean({ description: 'Must be false.' })),
              ignoreCase: Type.Optional(
                Type.Boolean({ description: 'Stored as sent. Values are always compared ignoring case.' }),
              ),
              sequence: Type.Optional(
                Type.Integer({ description: 'The position, if it differs from that in the list.' }),
              ),
            },
            { additionalProperties: false },
          ),
          { description: 'The first assignment that finds exactly one identity is used.' },
        ),
      ),
    ),
  },
  { additionalProperties: false, title: 'CorrelationConfigInput' },
);

/** The form of a correlation configuration in a family. */
export interface CorrelationConfigShape {
  readonly isNumbered: boolean;
}

/** The response with a correlation configuration; its version is that of its source. */
export function correlationConfigReply(
  { config, version }: ShownCorrelationConfig,
  { isNumbered }: CorrelationConfigShape,
): { body: Static<typeof correlationConfig> | Static<typeof correlationConfigBeta>; version: number } {
  const { attributeAssignments, ...others } = config;
  return {
    body: {
      ...others,
      attributeAssignments: isNumbered
        ? attributeAssignments.map((one, index) => ({ ...one, sequence: index + 1 }))
        : [...attributeAssignments],
    },
    version,
  };
}
