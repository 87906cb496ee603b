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

/** The one way out for every error: the contract's envelope, with the tracking id that is in the log. */
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

/** ISC sends every message twice: in its default locale, and in the one asked for (`und` where none was). */
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

/** The longest part of a path that stands for an id or a name, in characters. */
export const longestPathPart = 500;

/** Turns what Fastify and the engines throw into what clients are told. */
function asMunimentError(error: unknown, request: FastifyRequest): MunimentError {
  if (error instanceof MunimentError) {
    return error;
  }
  // Nobody reads this answer; but a client that goes away must not look like a database that does (both ECONNRESET).
  if (request.raw.errored !== null && request.raw.errored === error) {
    return badRequestSyntax('The connection ended before the body did.');
  }
  switch (databaseFailure(error)) {
    case 'full':
      return temporarilyUnavailable(`${diskFull} Nothing was changed; make room and repeat the request.`);
    case 'unavailable':
      return temporarilyUnavailable(
        // A connection that is lost during a commit leaves open whether that was done.
        'The database cannot be reached or is locked. Repeat the request; if it changes something, look first whether that was done.',
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
        `A part of the path is longer than ${longestPathPart} characters. No id or name in a path is.`,
      );
    default:
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return statusCode === 404 ? noSuchPath(request.method, request.url) : badRequestSyntax(message);
  }
  return new MunimentError(
    500,
    '500.0 Internal fault',
    `An internal fault occurred. The log has it under ${request.id}.`,
  );
}
