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
  /** Hold every response against its schema and answer 500 when it breaks it. For tests. */
  readonly checkResponses: boolean;
}

/**
 * Composes the HTTP server: every operation in every family, and the few paths outside the contract. All are mounted
 * once, for whichever tenant a request is.
 */
export async function createServer(host: Host, options: ServerOptions): Promise<FastifyInstance> {
  const log: FastifyBaseLogger = host.log;
  const server = Fastify({
    bodyLimit: jsonBodyLimit,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: longestPathPart },
    // One line a request is written by the hook below; Fastify's own logging would write two.
    logController: new LogController({ disableRequestLogging: true }),
    loggerInstance: log,
    // Node draws the randomness of many UUIDs at a time.
    genReqId: () => randomUUID().replaceAll('-', ''),
    requestIdHeader: false,
    // A client that sends nothing for so long, in milliseconds, is cut off: else a stalled upload would stay for ever.
    connectionTimeout: 120_000,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    // Room for a filter of 500 terms; Node's own limit is 16 KiB.
    // A request without Host is refused below, in the contract's words; Node's own refusal has no body.
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
  // Hooks that have nothing to wait for call `done`: a promise for each would take as long as what they do.
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('Slpt-Request-Id', request.id);
    const isHostMissing = request.headers.host === undefined && request.raw.httpVersion === '1.1';
    done(
      isHostMissing
        ? badRequestSyntax('The request has no header Host, which HTTP/1.1 demands (RFC 9112 §3.2).')
        : undefined,
    );
  });
  // An expectation that nobody meets is passed over (RFC 9110 §10.1.1); Node's own refusal has no body.
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

/** Mounts every operation in every family, behind the hooks that all of them share. */
async function mountContract(contract: FastifyInstance, host: Host, options: ServerOptions): Promise<void> {
  contract.addHook('onRequest', identify);
  await limitRate(contract, host.config.rateLimit);
  const mount = (on: FastifyInstance, isWanted: (operation: Operation) => boolean): void => {
    for (const family of families) {
      for (const operation of operations.filter(isWanted)) {
        if (operation.families.includes(family.name)) {
          mountOperation(on, operation, family, options.checkResponses);
        }
      }
    }
  };
  mount(contract, (operation) => !takesFiles(operation));
  // What reads files has hooks of its own, which the others need not run.
  await contract.register(async (uploads) => {
    await uploads.register(multipart);
    mount(uploads, takesFiles);
  });
  mountSwallowedOperations(contract);
}

function takesFiles({ body }: Operation): boolean {
  return body?.mediaType === 'multipart/form-data';
}

/** The hook that says who calls: at once where the token was seen before. */
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

/** The URL as it may stand in a log: the token endpoint takes credentials in the query, too. */
function withoutSecrets(url: string): string {
  return url.includes('?')
    ? url.replace(/([?&](?:client_secret|code|refresh_token|access_token|password)=)[^&]*/gi, '$1…')
    : url;
}

/** Measures every request, and logs it in one line unless that is switched off. */
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
      // Not every request is for a tenant: those of health checks are not.
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
