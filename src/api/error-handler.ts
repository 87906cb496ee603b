import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Application } from '../application.ts';
import { shortened } from '../error-text.ts';
import { databaseFailure, diskFull } from '../domain/database-health.ts';
import {
  badRequestSyntax,
  bodyTooLarge,
  MunimentError,
  noSuchPath,
  OauthError,
  temporarilyUnavailable,
} from '../errors.ts';
import { jsonBodyLimit, refusedMediaType } from './content-types.ts';

/** Converts every error to the contract's error body, with the tracking id that is in the log. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = asMunimentError(error, request);
  if (known.status >= 500 && known.status !== 501) {
    // Not every request is for a tenant: those that the framework could not read are not.
    const log = (request.application as Application | undefined)?.log ?? request.log;
    log.error({ err: error, trackingId: request.id }, known.message);
  }
  void reply.code(known.status).headers(known.headers).type('application/json; charset=utf-8');
  if (known.status === 429) {
    return reply.send({ message: known.message });
  }
  if (known instanceof OauthError) {
    return reply.send({ error: known.code, error_description: known.message });
  }
  if (known.status === 401) {
    return reply.send({ error: known.message });
  }
  return reply.send(envelope(known, request));
}

/** ISC returns every message twice: in its default locale and in the requested one (`und` if none was requested). */
function envelope(error: MunimentError, request: FastifyRequest): object {
  const asked = request.headers['accept-language']?.split(/[,;]/)[0]?.trim();
  const localised = (text: string): object[] => [
    { locale: 'en-US', localeOrigin: 'DEFAULT', text },
    { locale: asked === undefined || asked === '' || asked === '*' ? 'und' : asked, localeOrigin: 'REQUEST', text },
  ];
  return {
    detailCode: error.detailCode,
    trackingId: request.id,
    messages: localised(error.message),
    causes: error.causes.flatMap(localised),
  };
}

/** The maximum length of an id or name in a path, in characters. */
export const longestPathPart = 500;

/** Converts errors of Fastify and the database engines to errors for the client. */
function asMunimentError(error: unknown, request: FastifyRequest): MunimentError {
  if (error instanceof MunimentError) {
    return error;
  }
  // The response is never read, but a disconnected client must not look like a lost database (both are ECONNRESET).
  if (request.raw.errored !== null && request.raw.errored === error) {
    return badRequestSyntax('The connection ended before the body did.');
  }
  switch (databaseFailure(error)) {
    case 'full':
      return temporarilyUnavailable(`${diskFull} Nothing was changed. Free some space and repeat the request.`);
    case 'unavailable':
      return temporarilyUnavailable(
        // If the connection is lost during a commit, its outcome is unknown.
        'The database is unreachable or locked. Repeat the request; if it is a change, first check whether it was applied.',
      );
    default:
  }
  const { code, statusCode, message } = error as FastifyError;
  switch (code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refusedMediaType(request);
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return bodyTooLarge(request.routeOptions.bodyLimit ?? jsonBodyLimit);
    case 'FST_ERR_BAD_URL':
      return badRequestSyntax(`The URL cannot be decoded: ${shortened(message, 200)}`);
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return badRequestSyntax(
        `A segment of the path is longer than ${longestPathPart} characters, the maximum length of an id or name.`,
      );
    default:
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return statusCode === 404 ? noSuchPath(request.method, request.url) : badRequestSyntax(message);
  }
  return new MunimentError(
    500,
    '500.0 Internal fault',
    `An internal error occurred. See tracking id ${request.id} in the log.`,
  );
}
