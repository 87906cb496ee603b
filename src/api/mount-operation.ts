import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type TObject, Type } from 'typebox';
import type { Application } from '../application.ts';
import type { Caller } from '../domain/oauth/caller.ts';
import { enumerated, shortened } from '../error-text.ts';
import { badRequestContent, badRequestSyntax, illegalValue, notFound, notServedYet } from '../errors.ts';
import { authorise } from './authorization.ts';
import type { Family, FamilyLayout } from './families.ts';
import { collectionParameters, everything, readListQuery } from './list-parameters.ts';
import { limitsOf } from './managed-sources.ts';
import {
  factsFor,
  type Operation,
  type OperationFacts,
  PreparedText,
  type Reply,
  type RequestBody,
} from './operation.ts';
import { uploadReader } from './uploads.ts';
import { responseProblem, validateBody, validateParameters } from './validation.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The tenant of the request; set before the caller is determined, and not set for health checks. */
    application: Application;
    /** The caller; set before any operation runs. */
    caller: Caller;
  }
  interface FastifyContextConfig {
    operationId?: string;
    family?: Family;
    /** The body that the operation accepts. */
    body?: RequestBody;
  }
}

/** All query parameters of an operation in one family, including those of its collection. */
export function queryParametersOf(facts: OperationFacts): TObject {
  return Type.Object({
    ...facts.query?.properties,
    ...(facts.collection === undefined ? {} : collectionParameters(facts.collection)),
  });
}

/** The URL of an operation in one family, in the router's notation (`:id`). */
function routeOf(operation: Operation, family: FamilyLayout): string {
  return family.urlPath(operation.path).replaceAll(/\{([^}]+)\}/g, ':$1');
}

/** Registers the route of one operation in one family. `checkResponses` makes an invalid response an error (for tests). */
export function mountOperation(
  server: FastifyInstance,
  operation: Operation,
  family: FamilyLayout,
  checkResponses: boolean,
): void {
  const facts = factsFor(operation, family.name);
  const query = queryParametersOf(facts);
  const refusals = refusedParameters(operation, family.name, facts, query);
  const limitedTo = limitsOf(operation, facts);
  const known = family.refusesUnknownParameters === true ? Object.keys(query.properties) : undefined;

  server.route({
    method: operation.method,
    url: routeOf(operation, family),
    config: {
      operationId: facts.operationId,
      family: family.name,
      ...(facts.body === undefined ? {} : { body: facts.body }),
    },
    // Before the body is read: a caller without the right is rejected regardless of the body.
    onRequest: (request, reply, done) => {
      if (facts.deprecated === true) {
        void reply.header('X-Deprecated', 'true');
      }
      authorise(request.caller, facts);
      done();
    },
    handler: async (request, reply) => {
      const { application, caller } = request;
      const path = pathOf(request, operation.pathParameters);
      const { query: parameters, list } = readQuery(request, facts, query, refusals, known);
      const body = bodyOf(request, facts, request.query as Record<string, unknown>);
      const result = await operation.handle({
        application,
        caller,
        path,
        query: parameters,
        list: await limitedTo(application, caller, { path, query: parameters, body }, list),
        body,
        ifMatch: ifMatchOf(request),
        context: {
          actorId: caller.subjectId,
          clientId: caller.clientId,
          taskId: null,
          trackingId: request.id,
        },
        variant: facts.variant,
        upload: uploadReader(request, application.spool, application.config.uploadLimit),
      });
      return send(reply, facts, result, checkResponses);
    },
  });
}

function pathOf(request: FastifyRequest, schema: TObject): unknown {
  const path = request.params as Record<string, unknown>;
  validateParameters(schema, path);
  // PostgreSQL does not accept NUL in text, and no id contains one.
  const impossible = Object.values(path).find((value) => String(value).includes('\0'));
  if (impossible !== undefined) {
    throw notFound('resource', String(impossible));
  }
  return path;
}

function readQuery(
  request: FastifyRequest,
  facts: OperationFacts,
  schema: TObject,
  refusals: ReadonlyMap<string, () => Error>,
  known: readonly string[] | undefined,
): { query: unknown; list: typeof everything } {
  const query = request.query as Record<string, unknown>;
  for (const name of Object.keys(query)) {
    if (known?.includes(name) === false) {
      const allowed = known.length === 0 ? 'There are none here.' : `Known are ${enumerated(known)}.`;
      throw badRequestContent(`Parameter ${JSON.stringify(shortened(name))} does not exist. ${allowed}`);
    }
    const refuse = refusals.get(name);
    if (refuse !== undefined) {
      throw refuse();
    }
  }
  validateParameters(schema, query);
  return { query, list: facts.collection === undefined ? everything : readListQuery(facts.collection, query) };
}

/**
 * Parameters that must not be ignored silently: those of the contract that are not implemented, and those that only
 * other families know. Unknown parameters are ignored, because clients send their own.
 */
function refusedParameters(
  operation: Operation,
  family: Family,
  facts: OperationFacts,
  query: TObject,
): ReadonlyMap<string, () => Error> {
  const refusals = new Map<string, () => Error>();
  const families = new Map<string, Family[]>();
  for (const other of operation.families) {
    const known = factsFor(operation, other);
    for (const name of [
      ...Object.keys(queryParametersOf(known).properties),
      ...Object.keys(known.parametersNotServed?.properties ?? {}),
    ]) {
      families.set(name, [...(families.get(name) ?? []), other]);
    }
  }
  for (const [name, others] of families) {
    const have = `${enumerated(others)} ${others.length === 1 ? 'has' : 'have'} it`;
    refusals.set(name, () => badRequestContent(`Parameter "${name}" does not exist in ${family}; ${have}.`));
  }
  if (facts.collection !== undefined) {
    refusals.set('filters', () => badRequestContent('This list cannot be filtered. Omit the parameter "filters".'));
    refusals.set('sorters', () => badRequestContent('This list cannot be sorted. Omit the parameter "sorters".'));
  }
  for (const name of Object.keys(query.properties)) {
    refusals.delete(name);
  }
  for (const name of Object.keys(facts.parametersNotServed?.properties ?? {})) {
    refusals.set(name, () => notServedYet(`Parameter "${name}" is in the contract but not served by this version.`));
  }
  return refusals;
}

function bodyOf(request: FastifyRequest, facts: OperationFacts, query: Readonly<Record<string, unknown>>): unknown {
  const expected = facts.body;
  if (expected === undefined || expected.mediaType === 'multipart/form-data') {
    return undefined;
  }
  const { body } = request;
  if (expected.optional === true && (body === undefined || body === null)) {
    return undefined;
  }
  if (body === undefined) {
    throw badRequestSyntax(`The request has no body. Send one of Content-Type ${expected.mediaType}.`);
  }
  if (expected.mediaType === 'application/json-patch+json') {
    if (!Array.isArray(body)) {
      throw badRequestSyntax(
        'The request could not be parsed: a JSON Patch is an array of operations, e.g. [{"op":"replace","path":"/name","value":"New"}].',
      );
    }
    // Operations are checked when they are applied; errors name them by index.
    return body;
  }
  const missing = Object.entries(expected.requiredUnless ?? {}).filter(([, parameter]) => query[parameter] !== true);
  validateBody(
    expected.schema,
    body,
    missing.map(([field]) => field),
  );
  return body;
}

/** The version in `If-Match`. Versions are sent as strong entity tags, `"7"` (RFC 9110 §13.1.1). */
function ifMatchOf(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match'];
  if (header === undefined || header === '*') {
    return undefined;
  }
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(header)?.[1];
  if (version === undefined) {
    throw illegalValue(
      `Header If-Match is ${JSON.stringify(shortened(header))}. It must be an ETag from this server, e.g. "7", or *.`,
    );
  }
  return Number(version);
}

function send(reply: FastifyReply, facts: OperationFacts, result: Reply, checkResponses: boolean): FastifyReply {
  void reply.code(result.status ?? facts.success.status);
  if (result.version !== undefined) {
    void reply.header('ETag', `"${result.version}"`);
  }
  if (result.total !== undefined) {
    void reply.header('X-Total-Count', String(result.total));
  }
  if (result.headers !== undefined) {
    void reply.headers(result.headers);
  }
  if (facts.success.schema === undefined) {
    return reply.send();
  }
  const { body } = result;
  if (body instanceof PreparedText) {
    if (reply.raw.closed) {
      body.release();
    } else {
      reply.raw.once('close', body.release);
    }
  }
  const text = body instanceof PreparedText ? body.text : JSON.stringify(body);
  const mediaType = facts.success.mediaType ?? 'application/json';
  if (checkResponses && mediaType === 'application/json') {
    const problem = responseProblem(facts.success.schema, JSON.parse(String(text)));
    if (problem !== undefined) {
      throw new Error(`Operation ${facts.operationId} violates its response schema: ${problem}`);
    }
  }
  return reply.type(`${mediaType}; charset=utf-8`).serializer(unchanged).send(text);
}

/** Fastify would serialise a `Buffer` in shared memory as JSON. */
function unchanged(text: unknown): string {
  return text as string;
}
