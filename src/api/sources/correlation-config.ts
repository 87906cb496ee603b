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

/** How a source's accounts find their identities (contract B.1). */
export const correlationConfig = shown(assignment);

/** The same in beta, which numbers the assignments. */
export const correlationConfigBeta = shown({ ...assignment, sequence: Type.Integer() });

/** What clients send. Null and absent mean the same. */
export const correlationConfigInput = Type.Object(
  {
    id: Type.Optional(nullable(Type.String({ description: 'Given by the server.' }))),
    name: Type.Optional(nullable(Type.String())),
    attributeAssignments: Type.Optional(
      nullable(
        Type.Array(
          Type.Object(
            {
              ...assignment,
              property: Type.String({ description: 'The name of an attribute of identities, whatever its case.' }),
              value: Type.String({ description: 'The name of an attribute of accounts.' }),
              complex: Type.Optional(Type.Boolean({ description: 'Only false is served.' })),
              ignoreCase: Type.Optional(
                Type.Boolean({ description: 'Kept as sent. Values are compared whatever their case.' }),
              ),
              sequence: Type.Optional(
                Type.Integer({ description: 'The place in the order, where it is not that of the list.' }),
              ),
            },
            { additionalProperties: false },
          ),
          { description: 'The first that finds exactly one identity counts.' },
        ),
      ),
    ),
  },
  { additionalProperties: false, title: 'CorrelationConfigInput' },
);

/** How a family shows a correlation configuration. */
export interface CorrelationConfigShape {
  readonly isNumbered: boolean;
}

/** The answer with a correlation configuration; its version is that of its source. */
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
