/**
 * Every error a client can receive: its HTTP status, its detailCode and its text.
 * Domain, connectors and API throw these; only `api/error-handler.ts` turns them into bodies (contract §0, "Errors").
 */
import { shortened } from './error-text.ts';

/** The maximum length of a path in an error, in characters. */
const shownPath = 200;

/** An error for the client. Anything else that is thrown is an internal error. */
export class MunimentError extends Error {
  readonly status: number;
  /** The machine-readable code of the contract's error body, e.g. `400.1.3 Illegal value`. */
  readonly detailCode: string;
  /** Further causes, one sentence each; returned as `causes`. */
  readonly causes: readonly string[];
  /** Response headers that go with the status. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    detailCode: string,
    text: string,
    causes: readonly string[] = [],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(text);
    this.name = 'MunimentError';
    this.status = status;
    this.detailCode = detailCode;
    this.causes = causes;
    this.headers = headers;
  }
}

/** 400: the request could not be parsed in its declared format (JSON, multipart, patch array). */
export function badRequestSyntax(text: string): MunimentError {
  return new MunimentError(400, '400.0 Bad request syntax', text);
}

/** 400: well-formed but contradictory (mutually exclusive parameters, a failed `test`). */
export function badRequestContent(text: string, causes: readonly string[] = []): MunimentError {
  return new MunimentError(400, '400.1 Bad request content', text, causes);
}

/** 400: one value is invalid. The text names the field, the value received and the values allowed. */
export function illegalValue(text: string, causes: readonly string[] = []): MunimentError {
  return new MunimentError(400, '400.1.3 Illegal value', text, causes);
}

/** 400: the request refers to an object that does not exist, e.g. an owner. */
export function referencedObjectNotFound(noun: string, id: string): MunimentError {
  return new MunimentError(
    400,
    '400.1.404 Referenced object not found',
    `Referenced ${noun} "${shortened(id)}" was not found.`,
  );
}

/** 400: the request refers to several objects of which these do not exist. */
export function referencedObjectsNotFound(noun: string, ids: readonly string[]): MunimentError {
  const names = ids.map((id) => `"${shortened(id)}"`).join(', ');
  return new MunimentError(
    400,
    '400.1.404 Referenced object not found',
    ids.length === 1 ? `Referenced ${noun} ${names} was not found.` : `Referenced ${noun}s ${names} were not found.`,
  );
}

/** 400: the request would use a name or key that is already taken. */
export function alreadyExists(noun: string, field: string, value: string): MunimentError {
  return new MunimentError(
    400,
    '400.1.409 Reference conflict',
    `${noun} with ${field} "${shortened(value)}" already exists.`,
  );
}

/** 401: missing or invalid token. The body is `{"error": text}`. */
export function unauthorized(text: string): MunimentError {
  return new MunimentError(401, '401 Unauthorized', text, [], { 'WWW-Authenticate': 'Bearer' });
}

/** 403: the caller lacks a scope or a user level; the text names those that are accepted. */
export function forbidden(text: string): MunimentError {
  return new MunimentError(403, '403 Forbidden', text);
}

/** 404: the resource in the path does not exist. */
export function notFound(noun: string, id: string): MunimentError {
  return new MunimentError(404, '404 Not found', `There is no ${noun} with id "${shortened(id)}".`);
}

/** 404: no account of this identity holds the entitlement. */
export function noSuchConnection(of: {
  readonly entitlementId: string;
  readonly identityId: string;
  readonly accountId: string;
}): MunimentError {
  return new MunimentError(
    404,
    '404 Not found',
    `There is no connection of entitlement "${shortened(of.entitlementId)}", identity "${shortened(of.identityId)}" and account "${shortened(of.accountId)}".`,
  );
}

/** 404: no account of this identity holds the entitlement, or one of them does not exist. */
export function notHeld(identityId: string, entitlementId: string): MunimentError {
  return new MunimentError(
    404,
    '404 Not found',
    `No account of identity "${shortened(identityId)}" holds entitlement "${shortened(entitlementId)}".`,
  );
}

/** 404: the resource in the path did not exist at the requested time (ISO 8601). */
export function notFoundAt(noun: string, id: string, time: string): MunimentError {
  return new MunimentError(404, '404 Not found', `There was no ${noun} with id "${shortened(id)}" at ${time}.`);
}

/** 404: the changes since the requested time (ISO 8601) are no longer complete. */
export function noLongerRecorded(time: string, keptSince: string): MunimentError {
  return new MunimentError(
    404,
    '404 Not found',
    `The state at ${time} is no longer recorded: changes are kept since ${keptSince} (MUNIMENT_CHANGE_RETENTION_DAYS). Use that time or a later one.`,
  );
}

/** 404: no operation has this path. */
export function noSuchPath(method: string, path: string): MunimentError {
  return new MunimentError(
    404,
    '404 Not found',
    `There is no operation ${method} ${shortened(path, shownPath)}. Paths begin with /v3, /beta, /v2024, /v2025, /v2026 or /muniment/v1, or with a service and /v1 (/entitlements/v1). All are listed at /docs.`,
  );
}

/** 405: the path exists, but not with this method. */
export function methodNotAllowed(method: string, path: string, allowed: readonly string[]): MunimentError {
  return new MunimentError(
    405,
    '405 Method not allowed',
    `${shortened(path, shownPath)} does not support ${method}. It supports ${allowed.join(', ')}.`,
    [],
    { Allow: allowed.join(', ') },
  );
}

/** 412: the `If-Match` header is not the current version. */
export function preconditionFailed(received: string, current: string): MunimentError {
  return new MunimentError(
    412,
    '412 Precondition failed',
    `If-Match is ${shortened(received)} but the current version is ${current}. Read the resource again and repeat the change.`,
  );
}

/** 413: the uploaded file is larger than the upload limit (bytes). */
export function uploadTooLarge(limit: number): MunimentError {
  return new MunimentError(
    413,
    '413 Content too large',
    `The file is larger than the limit of ${limit} bytes. Split it, or raise MUNIMENT_UPLOAD_LIMIT.`,
  );
}

/** 413: the body exceeds the limit for its media type (bytes). */
export function bodyTooLarge(limit: number): MunimentError {
  return new MunimentError(
    413,
    '413 Content too large',
    `The body is longer than the limit of ${limit} bytes. Send less in one request.`,
  );
}

/** 415: the operation does not accept the media type of the body. */
export function unsupportedMediaType(received: string, allowed: string): MunimentError {
  return new MunimentError(
    415,
    '415 Unsupported media type',
    `${received === '' ? 'The body has no Content-Type' : `Content-Type "${shortened(received)}" is not supported`}. Send ${allowed}.`,
  );
}

/** 429: the rate limit is exceeded. The body is `{"message": …}`; `Retry-After` is in seconds. */
export function rateLimitExceeded(retryAfter: number): MunimentError {
  return new MunimentError(429, '429 Too many requests', ' Rate Limit Exceeded ', [], {
    'Retry-After': String(retryAfter),
  });
}

/** 501: part of the contract, but not implemented by this version of Muniment. */
export function notServedYet(text: string): MunimentError {
  return new MunimentError(501, '501 Not implemented', text);
}

/** 503: temporarily impossible; a retry may succeed. */
export function temporarilyUnavailable(text: string): MunimentError {
  return new MunimentError(503, '503 Service unavailable', text);
}

/** What was wrong with a token request, by the codes of RFC 6749 §5.2. */
export type OauthErrorCode = 'invalid_request' | 'invalid_client' | 'unauthorized_client' | 'unsupported_grant_type';

/** An error of the token endpoint. Its body is `{"error": code, "error_description": text}` (RFC 6749 §5.2). */
export class OauthError extends MunimentError {
  readonly code: OauthErrorCode;

  constructor(status: number, code: OauthErrorCode, text: string) {
    super(status, code, text);
    this.name = 'OauthError';
    this.code = code;
  }
}

/** 400: a token request with a missing or repeated parameter, or that cannot be parsed. */
export function invalidTokenRequest(text: string, status: number = 400): OauthError {
  return new OauthError(status, 'invalid_request', text);
}

/** 401: the client is unknown, its secret is wrong, or it is expired or disabled. */
export function invalidClient(text: string = 'Bad client credentials'): OauthError {
  return new OauthError(401, 'invalid_client', text);
}

/** 400: the client may not use this grant. */
export function unauthorizedClient(text: string): OauthError {
  return new OauthError(400, 'unauthorized_client', text);
}

/** 400: an unsupported grant type. */
export function unsupportedGrantType(received: string): OauthError {
  return new OauthError(
    400,
    'unsupported_grant_type',
    `Grant type "${received.slice(0, 60)}" is not supported. Send grant_type=client_credentials.`,
  );
}
