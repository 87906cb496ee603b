import fc from 'fast-check';
import { contractOperations } from '../../../src/api/contract/contract-operations.ts';
import { families } from '../../../src/api/families.ts';
import { operations } from '../../../src/api/operations.ts';
import { garbage } from './bodies.ts';
import { badCaller, badHeaders, goodHeaders } from './headers.ts';
import type { Caller, Framing, Plan, PlannedBody } from './plan.ts';
import { brokenEncoding, encoded, oddText, plainText } from './texts.ts';

const served = new Set(
  families.flatMap((family) =>
    operations
      .filter((operation) => operation.families.includes(family.name))
      .map(({ method, path }) => `${method} ${family.urlPath(path).replaceAll(/\{[^}]+\}/g, '{}')}`),
  ),
);
const unserved = contractOperations().filter(
  ({ method, url }) => !served.has(`${method} ${url.replaceAll(/\{[^}]+\}/g, '{}')}`),
);

const part = fc.oneof(
  oddText.map((text) => encoded(text.slice(0, 3000))),
  brokenEncoding,
  plainText.map(encoded),
);
const caller = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Caller>('administrator') },
  { weight: 1, arbitrary: badCaller },
);
const query = fc.oneof(
  fc.constantFrom('', '', '?limit=1', '?'),
  fc.tuple(part, part).map(([name, value]) => `?${name}=${value}`),
);
const headers = fc.oneof({ weight: 3, arbitrary: goodHeaders }, { weight: 1, arbitrary: badHeaders });
const framing = fc.constantFrom<Framing[]>('length', 'length', 'chunked');
const noBody = fc.constant<PlannedBody | undefined>(undefined);
const someBody = fc.oneof({ weight: 2, arbitrary: noBody }, { weight: 1, arbitrary: garbage('application/json') });
const method = fc.constantFrom('GET', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS');

/** Operations of the contract that are not served: 501. */
export const unservedPlans: fc.Arbitrary<Plan> = fc.constantFrom(...unserved).chain((operation) => {
  const parts = operation.url.split('/').map((one) => (one.startsWith('{') ? part : fc.constant(one)));
  return fc.record({
    title: fc.constant(`${operation.operationId} in ${operation.family}, not served`),
    group: fc.constant('not served'),
    method: fc.constant(operation.method),
    path: fc.tuple(...parts).map((made) => made.join('/')),
    query,
    caller,
    headers,
    body: someBody,
    framing,
  });
});

/** Unknown paths. */
export const unknownPaths: fc.Arbitrary<Plan> = fc.record({
  title: fc.constant('an unknown path'),
  group: fc.constant('unknown paths'),
  method,
  path: fc.oneof(
    fc.array(part, { maxLength: 5 }).map((parts) => `/${parts.join('/')}`),
    fc.constantFrom(
      '/',
      '//',
      '/v2025',
      '/v2025/',
      '/beta//entitlements',
      '/v2025/../metrics',
      '/docs/../../package.json',
      '/docs/%2e%2e/package.json',
      '/docs/index.html',
      '/favicon.ico',
      '*',
      '/v9999/entitlements',
      '/V2025/ENTITLEMENTS',
      '/entitlements/v2',
      `/${'a/'.repeat(3000)}`,
      '/.env',
      '/muniment/v1',
      '/oauth',
      'http://other.example/v2025/entitlements',
      '/v2025/entitlements;a=b',
      '/v2025/entitlements#x',
    ),
  ),
  query,
  caller,
  headers,
  body: someBody,
  framing,
});

/** The OpenAPI documents, the reference page, health, metrics and keys. */
export const documentPlans: fc.Arbitrary<Plan> = fc.record({
  title: fc.constant('a document or a probe'),
  group: fc.constant('documents, probes'),
  method,
  path: fc.constantFrom(
    ...families.map(({ name }) => `/openapi/${name}.json`),
    '/health/live',
    '/health/ready',
    '/health/live',
    '/health/ready',
    '/metrics',
    '/docs',
    '/docs/',
    '/docs/initializer.js',
    '/docs/swagger-ui.css',
    '/docs/swagger-ui.css.map',
    '/oauth/jwks',
    '/.well-known/jwks.json',
    '/oauth/info',
    '/oauth/authorize',
    '/openapi/v1',
    '/openapi/__proto__.json',
    '/health',
    '/metrics/',
  ),
  query,
  caller,
  headers,
  body: someBody,
  framing,
});

const grant = fc.constantFrom(
  'client_credentials',
  'client_credentials',
  'refresh_token',
  'authorization_code',
  'password',
  '',
  '__proto__',
);
const form = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        'grant_type',
        'client_id',
        'client_secret',
        'client_id',
        'client_secret',
        'scope',
        '__proto__',
        '',
      ),
      fc.oneof(grant, oddText, fc.constantFrom('0123456789abcdef0123456789abcdef', '0123456789abcdef'.repeat(4))),
    ),
    { maxLength: 6 },
  )
  .map((pairs) => pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&'));
const rightForm = fc.constant(
  `grant_type=client_credentials&client_id=0123456789abcdef0123456789abcdef&client_secret=${'0123456789abcdef'.repeat(4)}`,
);

/** The token endpoint. */
export const tokenPlans: fc.Arbitrary<Plan> = fc.record({
  title: fc.constant('the token endpoint'),
  group: fc.constant('tokens'),
  method: fc.constantFrom('POST', 'POST', 'POST', 'POST', 'GET', 'PUT'),
  path: fc.constantFrom('/oauth/token', '/oauth/token', '/oauth/token', '/oauth/token/'),
  query: fc.oneof(
    { weight: 3, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: form.map((text) => `?${text}`) },
    { weight: 1, arbitrary: query },
  ),
  caller: fc.constant<Caller>('none'),
  headers: fc.oneof(
    { weight: 4, arbitrary: goodHeaders },
    { weight: 1, arbitrary: badHeaders },
    {
      weight: 1,
      arbitrary: fc
        .oneof(oddText, fc.constantFrom('a:b', ':', 'a', '%zz:%'))
        .map((text) => [['Authorization', `Basic ${Buffer.from(text).toString('base64')}`] as const]),
    },
  ),
  body: fc.oneof<fc.Arbitrary<PlannedBody | undefined>[]>(
    rightForm.map((content) => ({ contentType: 'application/x-www-form-urlencoded', content })),
    form.map((content) => ({ contentType: 'application/x-www-form-urlencoded', content })),
    form.map((text) => ({
      contentType: 'multipart/form-data; boundary=x',
      content: `--x\r\nContent-Disposition: form-data; name="grant_type"\r\n\r\n${text}\r\n--x--\r\n`,
    })),
    garbage('application/x-www-form-urlencoded'),
    fc.constantFrom({ contentType: 'application/x-www-form-urlencoded', content: 'a'.repeat(70_000) }),
  ),
  framing,
});

const line = fc.oneof(
  fc.constantFrom(
    'GET /v2025/entitlements HTTP/1.1',
    'POST /v2025/sources HTTP/1.1',
    'PATCH /v2025/entitlements/a HTTP/1.1',
    'GET /health/live HTTP/1.1',
  ),
  fc.constantFrom(
    'GET',
    'GET /',
    'GET / HTTP/9.9',
    'GET  / HTTP/1.1',
    'get / HTTP/1.1',
    ' GET / HTTP/1.1',
    'GET /\0 HTTP/1.1',
    'GET /\u00ff HTTP/1.1',
    'GET / HTTP/1.0',
    'GET / HTTP/0.9',
    'PRI * HTTP/2.0',
    'CONNECT a:1 HTTP/1.1',
    'OPTIONS * HTTP/1.1',
    '\x16\x03\x01\x02\x00\x01',
    `GET /${'a'.repeat(140_000)} HTTP/1.1`,
  ),
);
const headerLine = fc.constantFrom(
  'Host: x',
  'Host: x',
  'Host: x',
  'Host: ',
  'Host: a\r\nHost: b',
  'Content-Length: 5',
  'Content-Length: 0',
  'Content-Length: 99999',
  'Content-Length: -1',
  'Content-Length: 5\r\nContent-Length: 6',
  'Content-Length: 0x10',
  'Content-Length: 99999999999999999999',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: chunked, gzip',
  'Transfer-Encoding: gzip',
  'Transfer-Encoding: chunked\r\nContent-Length: 4',
  'Transfer-Encoding : chunked',
  'Expect: 100-continue',
  'Expect: 200-maybe',
  'Upgrade: websocket\r\nConnection: Upgrade',
  'Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings',
  'Connection: close',
  'Content-Type: application/json',
  'Content-Type: application/json-patch+json',
  'Content-Type: multipart/form-data; boundary=x',
  'No colon',
  ': no name',
  'Bad Name: x',
  ' folded: x',
  'X: a\0b',
  'X: a\rb',
  'X: \u00ff',
  `X: ${'x'.repeat(140_000)}`,
  'Authorization: Bearer x',
);
const payload = fc.constantFrom(
  '',
  '',
  'hello',
  '{}',
  '5\r\nhello\r\n0\r\n\r\n',
  '5\r\nhel',
  'zz\r\n',
  'ffffffffffffffff\r\na',
  '0\r\nX: y\r\n\r\n',
  '--x\r\n',
  '\0\0\0\0\0',
  'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n',
);

/** Invalid HTTP: wrong lines, lengths and encodings. */
export const brokenPlans: fc.Arbitrary<Plan> = fc
  .tuple(
    line,
    fc.array(headerLine, { maxLength: 4 }),
    fc.constantFrom('\r\n\r\n', '\r\n\r\n', '\r\n\r\n', '\n\n', '\r\n', ''),
    payload,
  )
  .map(([first, lines, end, rest]) => ({
    title: 'broken HTTP',
    group: 'broken HTTP',
    method: 'GET',
    path: '',
    query: '',
    caller: 'none',
    headers: [],
    body: undefined,
    framing: 'length',
    raw: [first, ...lines].join('\r\n') + end + rest,
  }));
