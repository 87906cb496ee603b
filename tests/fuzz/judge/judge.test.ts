import { expect, test } from 'vitest';
import type { Plan } from '../plans/plan.ts';
import { buildRequest } from '../wire/build-request.ts';
import { problemOf } from './judge.ts';

const json = 'application/json; charset=utf-8';
const id = 'a'.repeat(32);

/** Returns the judge's result for a response to a request for an operation. */
function judged(
  method: string,
  path: string,
  status: number,
  contentType: string | undefined,
  body: string,
): string | undefined {
  const plan: Plan = {
    title: 'a test',
    group: 'tests',
    method,
    path,
    query: '?limit=1',
    caller: 'none',
    headers: [],
    body: undefined,
    framing: 'length',
    isOfOperation: true,
  };
  const request = buildRequest(plan, { resolve: String, resolveUrl: String, tokenOf: () => undefined });
  const headers = {
    'slpt-request-id': id,
    ...(contentType === undefined ? {} : { 'content-type': contentType }),
  };
  return problemOf(plan, request, { status, headers, body: Buffer.from(body), isKept: true });
}

test.each([
  ['GET', '/v2025/entitlements', 200, json, '[]'],
  ['HEAD', '/v2025/entitlements/', 200, json, ''],
  ['HEAD', '/v2025/task-status/pending-tasks', 200, undefined, ''],
  ['POST', '/v2025/sources', 201, json, '{}'],
  ['DELETE', `/v2025/sources/${id}`, 202, json, '{}'],
  ['DELETE', `/v2025/personal-access-tokens/${id}`, 204, undefined, ''],
  ['GET', `/v2025/sources/${id}/schemas/entitlements`, 200, 'text/csv; charset=utf-8', 'id'],
] as const)('%s %s may return %i with %s', (method, path, status, contentType, body) => {
  expect(judged(method, path, status, contentType, body)).toBeUndefined();
});

test.each([
  ['the status of other operations', 'GET', '/v2025/entitlements', 201, json, '[]', 'status 201 instead of 200'],
  ['a success without its status', 'POST', '/v2025/sources', 200, json, '{}', 'status 200 instead of 201'],
  ['no content where there is some', 'DELETE', `/v2025/sources/${id}`, 204, undefined, '', 'status 204 instead of 202'],
  ['a redirection', 'GET', '/v2025/entitlements', 302, undefined, '', 'status 302 instead of 200'],
  [
    'the media type of other operations',
    'GET',
    '/v2025/entitlements',
    200,
    'text/csv; charset=utf-8',
    'id',
    'Content-Type text/csv; charset=utf-8 instead of application/json',
  ],
  [
    'the media type of refusals',
    'GET',
    `/v2025/sources/${id}/schemas/entitlements`,
    200,
    json,
    '{}',
    'Content-Type application/json; charset=utf-8 instead of text/csv',
  ],
  ['nothing', 'GET', '/v2025/entitlements', 200, json, '', 'an empty body'],
  ['half of it', 'GET', '/v2025/entitlements', 200, json, '[', 'a body that is not JSON'],
  [
    'success of nothing',
    'GET',
    '/v2025/nothing',
    200,
    json,
    '[]',
    'status 200 for a request that matches no operation',
  ],
] as const)('%s is detected: %s %s', (_, method, path, status, contentType, body, problem) => {
  expect(judged(method, path, status, contentType, body)).toBe(problem);
});
