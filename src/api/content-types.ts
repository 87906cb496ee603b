import type { FastifyInstance, FastifyRequest } from 'fastify';
import { badRequestSyntax, type MunimentError, unsupportedMediaType } from '../errors.ts';
import type { RequestBody } from './operation.ts';

/** The largest JSON body, in bytes. Files come by multipart, with a limit of their own. */
export const jsonBodyLimit = 5 * 1024 * 1024;

/**
 * What request bodies may be. Real clients send a content type with an empty body on operations that have none
 * (SDKs: form or JSON); that is no body, not an error.
 */
export function readContentTypes(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    ['application/json', 'application/json-patch+json', 'application/merge-patch+json', 'text/plain'],
    { parseAs: 'string' },
    (request, text, done) => {
      if (text === '') {
        done(null, undefined);
        return;
      }
      try {
        done(null, JSON.parse(String(text)));
      } catch (error) {
        const isFile = request.routeOptions.config.body?.mediaType === 'multipart/form-data';
        done(
          isFile ? refusedMediaType(request) : badRequestSyntax(`The body is not JSON: ${(error as Error).message}.`),
        );
      }
    },
  );
  // No content type, or any other: good for an empty body only. The first byte decides, so that a large file sent
  // this way is told what is wrong with it, and not that it is large.
  server.addContentTypeParser('*', (request, payload, done) => {
    let isDecided = false;
    const decide = (error: Error | null): void => {
      if (!isDecided) {
        isDecided = true;
        done(error, undefined);
      }
    };
    payload.once('data', () => decide(refusedMediaType(request)));
    payload.once('end', () => decide(null));
    payload.once('error', decide);
  });
}

/** 415 for a body in a media type that the request's operation does not read; says what it reads. */
export function refusedMediaType(request: FastifyRequest): MunimentError {
  const { operationId, body } = request.routeOptions.config;
  return unsupportedMediaType(
    request.headers['content-type'] ?? '',
    operationId === undefined ? 'application/json' : body === undefined ? 'no body' : wantedBody(body),
  );
}

/** What an operation reads, as an error names it. */
function wantedBody({ mediaType, schema }: RequestBody): string {
  if (mediaType !== 'multipart/form-data') {
    return mediaType;
  }
  const { properties = {} } = schema as { properties?: Readonly<Record<string, { format?: string }>> };
  const part = Object.keys(properties).find((name) => properties[name]?.format === 'binary') ?? 'file';
  return `${mediaType} with the CSV as part "${part}" (curl -F ${part}=@groups.csv)`;
}
