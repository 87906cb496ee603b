import multipart from '@fastify/multipart';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
  type onRequestHookHandler,
} from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Application, Host } from '../application.ts';
import type { Caller } from '../domain/oauth/caller.ts';
import { badRequestSyntax, noSuchPath } from '../errors.ts';
import { authenticate } from './authentication.ts';
import { jsonBodyLimit, readContentTypes } from './content-types.ts';
import { mountDocumentation } from './documentation.ts';
import { longestPathPart, sendError } from './error-handler.ts';
import { families } from './families.ts';
import { mountHealth } from './health.ts';
import { mountOauth } from './oauth/mount-oauth.ts';
import { mountOperation } from './mount-operation.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';
import { headerLimit, refuseConnection } from './refuse-connection.ts';
import { limitRate } from './rate-limit.ts';
import { mountSwallowedOperations, refuseUnserved } from './unserved-operations.ts';

export interface ServerOptions {
  /** Validate every response against its schema and return 500 for a violation. For tests. */
  readonly checkResponses: boolean;
}

/**
 * Creates the HTTP server: every operation in every family, and the few paths outside the contract. All are mounted
 * once, for all tenants.
 */
export async function createServer(host: Host, options: ServerOptions): Promise<FastifyInstance> {
  const log: FastifyBaseLogger = host.log;
  const server = Fastify({
    bodyLimit: jsonBodyLimit,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: longestPathPart },
    // The hook below logs one line per request; Fastify would log two.
    logController: new LogController({ disableRequestLogging: true }),
    loggerInstance: log,
    // Node caches the random bytes of many UUIDs.
    genReqId: () => randomUUID().replaceAll('-', ''),
    requestIdHeader: false,
    // A connection without data for so many milliseconds is closed; otherwise a stalled upload would stay forever.
    connectionTimeout: 120_000,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    // Allows a filter of 500 terms; Node's default is 16 KiB.
    // A request without Host is rejected below with the contract's error body; Node's own response has no body.
    http: { maxHeaderSize: headerLimit, requireHostHeader: false },
    clientErrorHandler: refuseConnection,
    frameworkErrors: (error, request, reply) => {
      void reply.header('Slpt-Request-Id', request.id);
      void sendError(error, request, reply);
    },
  });
  readContentTypes(server);
  server.decorateRequest('application');
  server.decorateRequest('caller');
  server.setErrorHandler((error, request, reply) => sendError(error, request, reply));
  // Synchronous hooks call `done`: a promise for each would take as long as their work.
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('Slpt-Request-Id', request.id);
    const isHostMissing = request.headers.host === undefined && request.raw.httpVersion === '1.1';
    done(
      isHostMissing
        ? badRequestSyntax('The request has no header Host, which HTTP/1.1 requires (RFC 9112 §3.2).')
        : undefined,
    );
  });
  // Unknown expectations are ignored (RFC 9110 §10.1.1); Node's own rejection has no body.
  server.server.on('checkExpectation', (request, response) => server.server.emit('request', request, response));
  observeRequests(server, host);

  mountHealth(server, host);
  await server.register(async (tenants) => {
    tenants.addHook('onRequest', (request, _reply, done) => {
      request.application = host.tenantOf(request.raw);
      done();
    });
    mountDocumentation(tenants);
    mountOauth(tenants);
    await tenants.register((contract) => mountContract(contract, host, options));
  });
  server.setNotFoundHandler(async (request) => {
    request.application = host.tenantOf(request.raw);
    await refuseUnserved(request.method, request.url, async () => {
      request.caller = await authenticate(request.application, request.headers.authorization);
    });
    throw noSuchPath(request.method, request.url.split('?')[0] ?? request.url);
  });
  return server;
}

/** Mounts every operation in every family with their common hooks. */
async function mountContract(contract: FastifyInstance, host: Host, options: ServerOptions): Promise<void> {
  contract.addHook('onRequest', identify);
  await limitRate(contract, host.config.rateLimit);
  const mount = (on: FastifyInstance, isWanted: (operation: Operation) => boolean): void => {
    for (const family of families) {
      // HEAD first: the server adds one to every GET that has none.
      for (const operation of operations.filter(isWanted).toSorted(headFirst)) {
        if (operation.families.includes(family.name)) {
          mountOperation(on, operation, family, options.checkResponses);
        }
      }
    }
  };
  mount(contract, (operation) => !takesFiles(operation));
  // Operations with uploads have additional hooks.
  await contract.register(async (uploads) => {
    await uploads.register(multipart);
    mount(uploads, takesFiles);
  });
  mountSwallowedOperations(contract);
}

function headFirst(a: Operation, b: Operation): number {
  return Number(b.method === 'HEAD') - Number(a.method === 'HEAD');
}

function takesFiles({ body }: Operation): boolean {
  return body?.mediaType === 'multipart/form-data';
}

/** Determines the caller, synchronously if the token is cached. */
const identify: onRequestHookHandler = (request, _reply, done) => {
  const keep = (caller: Caller): void => {
    request.caller = caller;
  };
  const known = authenticate(request.application, request.headers.authorization);
  if (known instanceof Promise) {
    return known.then(keep);
  }
  keep(known);
  return done();
};

/** The URL for the log. The token endpoint accepts credentials in the query, too. */
function withoutSecrets(url: string): string {
  return url.includes('?')
    ? url.replace(/([?&](?:client_secret|code|refresh_token|access_token|password)=)[^&]*/gi, '$1…')
    : url;
}

/** Measures every request, and logs it in one line unless this is disabled. */
function observeRequests(server: FastifyInstance, host: Host): void {
  const { metrics, config } = host;
  server.addHook('onResponse', (request, reply, done) => {
    const { operationId, family } = request.routeOptions.config;
    const milliseconds = reply.elapsedTime;
    metrics.requests.observe(
      { operation: operationId ?? 'other', family: family ?? 'none', status: String(reply.statusCode) },
      milliseconds / 1000,
    );
    if (config.requestLog) {
      // Some requests have no tenant, such as health checks.
      const { log } = (request.application as Application | undefined) ?? host;
      log.info({
        trackingId: request.id,
        method: request.method,
        url: withoutSecrets(request.url),
        status: reply.statusCode,
        milliseconds: Math.round(milliseconds * 1000) / 1000,
        clientId: request.caller?.clientId,
      });
    }
    done();
  });
}
