import { type Static, Type } from 'typebox';
import type { ConnectionTest } from '../../domain/sources/source-connection.ts';
import { oneOf } from '../schemas.ts';

/** The result of a test of a source (contract B.1, StatusResponse). */
export const statusResponse = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    status: oneOf(['SUCCESS', 'FAILURE']),
    elapsedMillis: Type.Integer(),
    details: Type.Object({
      kind: Type.Optional(oneOf(['unusable', 'unavailable', 'denied'])),
      error: Type.Optional(Type.String({ description: 'Why it failed.' })),
    }),
  },
  { additionalProperties: false, title: 'StatusResponse' },
);

/** Converts the result of a test. */
export function toStatusResponse({ source, failure, elapsed }: ConnectionTest): Static<typeof statusResponse> {
  return {
    id: source.id,
    name: source.name,
    status: failure === undefined ? 'SUCCESS' : 'FAILURE',
    elapsedMillis: elapsed,
    details: failure === undefined ? {} : { kind: failure.kind, error: failure.message },
  };
}
