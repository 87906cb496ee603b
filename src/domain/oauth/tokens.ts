import { errors, jwtVerify, SignJWT } from 'jose';
import { unauthorized } from '../../errors.ts';
import type { Client } from '../../storage/clients/clients.ts';
import { newId } from '../ids.ts';
import type { Subject } from './caller.ts';
import { type SigningKeys, signatureAlgorithm } from './signing-keys.ts';

/** The claims that all tokens of this server have in common. */
export interface TokenIssuer {
  /** The URL of this server. */
  readonly url: string;
  readonly tenantId: string;
  readonly org: string;
  readonly pod: string;
  /** The longest lifetime of an access token, in seconds. */
  readonly lifetime: number;
}

/** A new access token. Lifetime in seconds. */
export interface IssuedToken {
  readonly token: string;
  readonly id: string;
  readonly lifetime: number;
  readonly scopes: readonly string[];
  readonly subjectId: string | null;
  /** The subject's name, or the client's. */
  readonly userName: string;
}

/** The content of a valid access token. */
export interface AccessToken {
  readonly clientId: string;
  /** The identity that the client acts for; null if it acts for itself. */
  readonly subjectId: string | null;
  readonly scopes: readonly string[];
  /** When it expires, in UTC milliseconds. */
  readonly expires: number;
}

/**
 * Creates an access token with which a client acts for a subject, or for itself (null): a JWS with the claims of
 * contract B.8.
 */
export async function issueToken(
  keys: SigningKeys,
  issuer: TokenIssuer,
  client: Client,
  subject: Subject | null,
): Promise<IssuedToken> {
  const { id: kid, key } = await keys.signingKey();
  const id = newId();
  const lifetime = Math.min(issuer.lifetime, client.accessTokenValiditySeconds);
  const subjectId = subject?.id ?? null;
  const userName = subject?.name ?? client.name;
  const issued = Math.floor(Date.now() / 1000);
  const token = await new SignJWT({
    iss: issuer.url,
    iat: issued,
    exp: issued + lifetime,
    jti: id,
    tenant_id: issuer.tenantId,
    org: issuer.org,
    pod: issuer.pod,
    client_id: client.id,
    identity_id: subjectId,
    user_id: subjectId,
    user_name: userName,
    authorities: subject?.capabilities ?? [],
    scope: client.scope,
    strong_auth: false,
  })
    .setProtectedHeader({ alg: signatureAlgorithm, typ: 'JWT', kid })
    .sign(key);
  return { token, id, lifetime, scopes: client.scope, subjectId, userName };
}

/** Verifies signature and expiry of an access token and reads it. Throws 401 with the reason. */
export async function verifyToken(keys: SigningKeys, token: string): Promise<AccessToken> {
  try {
    const { payload } = await jwtVerify(
      token,
      async ({ kid }) => {
        const key = typeof kid === 'string' ? await keys.verifyingKey(kid) : undefined;
        if (key === undefined) {
          throw new errors.JWKSNoMatchingKey();
        }
        return key;
      },
      { algorithms: [signatureAlgorithm], requiredClaims: ['exp'] },
    );
    const { client_id: clientId, identity_id: subjectId = null, scope, exp } = payload as Record<string, unknown>;
    const isSubject = subjectId === null || typeof subjectId === 'string';
    if (typeof clientId !== 'string' || !isSubject || typeof exp !== 'number' || !isTexts(scope)) {
      throw new errors.JWTInvalid();
    }
    return { clientId, subjectId, scopes: scope, expires: exp * 1000 };
  } catch (error) {
    throw error instanceof errors.JOSEError ? invalidToken(problemOf(error)) : error;
  }
}

/** 401: the token is not accepted (contract §0, "Errors"). */
export function invalidToken(problem: string): Error {
  return unauthorized(`JWT validation failed: ${problem}`);
}

function problemOf(error: InstanceType<typeof errors.JOSEError>): string {
  switch (error.code) {
    case errors.JWTExpired.code:
      return 'JWT is expired';
    case errors.JWKSNoMatchingKey.code:
      return 'JWT is signed with a key that this server does not know';
    case errors.JWSSignatureVerificationFailed.code:
      return 'JWT signature does not match its content';
    case errors.JOSEAlgNotAllowed.code:
      return `JWT must be signed with ${signatureAlgorithm}`;
    default:
      return 'JWT is malformed. Send the access_token of POST /oauth/token';
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
