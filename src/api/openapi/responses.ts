import { STATUS_CODES } from 'node:http';
import { type TSchema, Type } from 'typebox';
import { nullable, oneOf } from '../schemas.ts';

const errorMessage = Type.Object(
  {
    locale: Type.Optional(nullable(Type.String())),
    localeOrigin: Type.Optional(nullable(oneOf(['DEFAULT', 'REQUEST']))),
    text: Type.String(),
  },
  { title: 'ErrorMessageDto' },
);

const errorEnvelope = Type.Object(
  {
    detailCode: Type.String({ description: 'The kind of error, e.g. "400.1.3 Illegal value".' }),
    trackingId: Type.String({ description: 'Identifies the request in the log.' }),
    messages: Type.Array(errorMessage),
    causes: Type.Array(errorMessage),
  },
  { title: 'ErrorResponseDto' },
);

const unauthorizedBody = Type.Object({ error: Type.String() }, { title: 'UnauthorizedDto' });
const rateLimitBody = Type.Object({ message: Type.String() }, { title: 'RateLimitDto' });

/** Returns the schema of the error body for a status (contract §0, "Errors"); two statuses have different bodies. */
export function errorSchema(status: number): TSchema {
  return status === 401 ? unauthorizedBody : status === 429 ? rateLimitBody : errorEnvelope;
}

/** Returns the name of a status, for descriptions. */
export function statusText(status: number): string {
  return STATUS_CODES[status] ?? String(status);
}
