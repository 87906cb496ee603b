import type { Plan, WireRequest } from '../plans/plan.ts';
import type { RawResponse } from '../wire/connection.ts';
import { envelopeProblem } from './envelope.ts';
import { type Success, successOf } from './successes.ts';

/** The allowed statuses in addition to that of the operation's success. */
const refusals = [400, 401, 403, 404, 405, 412, 413, 415, 431, 501];

/** Internal details that a response must not contain: stack traces, SQL, files of the server. */
const leaks: readonly RegExp[] = [
  /\bat (?:async )?[\w.<>]+ \(?(?:file|node|\/)/,
  /node_modules|\.(?:ts|js|mjs):\d+/,
  /\bSQLITE_|SqliteError|constraint failed|syntax error at or near|violates \w+ constraint|invalid byte sequence/,
  /\b(?:select|insert into|update|delete from) .*\b(?:from|where|values|set)\b.*["=?$]/i,
  /\/(?:tmp|home|root|work|var|usr|dev\/shm)\//,
  /muniment-fuzz|\.sqlite/,
];

/** Returns what is wrong with a response, or undefined. */
export function problemOf(plan: Plan, request: WireRequest, response: RawResponse): string | undefined {
  const { status, headers } = response;
  const id = headers['slpt-request-id'] ?? '';
  if (!/^[0-9a-f]{32}$/.test(id)) {
    return `Slpt-Request-Id is missing or not 32 hexadecimal digits: ${id}`;
  }
  if (status >= 500 && status !== 501) {
    return `status ${status}`;
  }
  if (status >= 400) {
    return refusalProblem(plan, response, id, request.isBroken);
  }
  // Not that of the plan: the mutated path or method may be those of another operation.
  const success = successOf(request.method, request.target);
  if (success !== undefined) {
    return successProblem(success, request.method, response);
  }
  if (plan.isOfOperation === true) {
    return `status ${status} for a request that matches no operation`;
  }
  return status >= 200 && status < 400 ? undefined : `status ${status}`;
}

function successProblem(success: Success, method: string, { status, headers, body }: RawResponse): string | undefined {
  if (!success.statuses.includes(status)) {
    return `status ${status} instead of ${success.statuses.join(' or ')}`;
  }
  const type = headers['content-type'];
  const { mediaType } = success;
  if (type !== (mediaType === undefined ? undefined : `${mediaType}; charset=utf-8`)) {
    return `Content-Type ${type} instead of ${mediaType}`;
  }
  if (method === 'HEAD') {
    return undefined;
  }
  if (mediaType === undefined) {
    return body.length === 0 ? undefined : `an unexpected body of ${body.length} bytes`;
  }
  if (body.length === 0) {
    return 'an empty body';
  }
  return mediaType === 'application/json' && !isJson(body.toString('utf8')) ? 'a body that is not JSON' : undefined;
}

function refusalProblem(plan: Plan, response: RawResponse, id: string, isBroken: boolean): string | undefined {
  const { status, headers, body } = response;
  if (!refusals.includes(status) && !(isBroken && status === 417)) {
    return `status ${status}`;
  }
  if (headers['content-type'] !== 'application/json; charset=utf-8') {
    return `status ${status} with Content-Type ${headers['content-type']}`;
  }
  if (plan.method === 'HEAD') {
    return undefined;
  }
  const text = body.toString('utf8');
  if (body.length > 10_000) {
    return `an error of ${body.length} bytes`;
  }
  const leak = leaks.find((pattern) => pattern.test(text));
  if (leak !== undefined) {
    return `an error with internal details (${leak.source}): ${text.slice(0, 300)}`;
  }
  return envelopeProblem(status, text, id, plan.path.startsWith('/oauth/token') && !isBroken);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
