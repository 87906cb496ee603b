import { type Static, type TSchema, Type } from 'typebox';
import { responseProblem } from '../../../src/api/validation.ts';

const message = Type.Object(
  {
    locale: Type.String({ minLength: 1 }),
    localeOrigin: Type.Union([Type.Literal('DEFAULT'), Type.Literal('REQUEST')]),
    text: Type.String({ minLength: 5 }),
  },
  { additionalProperties: false },
);

/** The contract's error body. */
const envelope = Type.Object(
  {
    detailCode: Type.String({ pattern: String.raw`^[45]\d\d(\.\d+)* \S` }),
    trackingId: Type.String({ pattern: '^[0-9a-f]{32}$' }),
    messages: Type.Array(message, { minItems: 1 }),
    causes: Type.Array(message),
  },
  { additionalProperties: false },
);

const ofToken = Type.Object({ error: Type.String({ minLength: 5 }) }, { additionalProperties: false });

const ofTokenEndpoint = Type.Object(
  {
    error: Type.Union(
      ['invalid_request', 'invalid_client', 'unauthorized_client', 'unsupported_grant_type'].map((code) =>
        Type.Literal(code),
      ),
    ),
    error_description: Type.String({ minLength: 5 }),
  },
  { additionalProperties: false },
);

/** Returns how an error body violates the contract, or undefined. */
export function envelopeProblem(
  status: number,
  text: string,
  id: string,
  isOfTokenEndpoint: boolean,
): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return `status ${status} with a body that is not JSON: ${text.slice(0, 200)}`;
  }
  const problem = isOfTokenEndpoint && holds(ofTokenEndpoint, body) ? undefined : contractProblem(status, body, id);
  return problem === undefined ? undefined : `status ${status}: ${problem} ${text.slice(0, 300)}`;
}

function contractProblem(status: number, body: unknown, id: string): string | undefined {
  if (status === 401) {
    return responseProblem(ofToken, body);
  }
  const problem = responseProblem(envelope, body);
  if (problem !== undefined) {
    return problem;
  }
  const { detailCode, trackingId } = body as Static<typeof envelope>;
  if (trackingId !== id) {
    return 'trackingId is not the Slpt-Request-Id.';
  }
  return detailCode.startsWith(String(status)) ? undefined : 'detailCode does not match the status.';
}

function holds(schema: TSchema, body: unknown): boolean {
  return responseProblem(schema, body) === undefined;
}
