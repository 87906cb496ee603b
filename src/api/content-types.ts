import type { FastifyInstance, FastifyRequest } from 'fastify';
import { badRequestSyntax, type MunimentError, unsupportedMediaType } from '../errors.ts';
import type { RequestBody } from './operation.ts';

/** The maximum size of a JSON body, in bytes. Files are sent as multipart, with a separate limit. */
export const jsonBodyLimit = 5 * 1024 * 1024;

/**
 * Sets the accepted media types. Some clients send a Content-Type with an empty body to operations without a body
 * (SDKs: form or JSON); this counts as no body.
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
  // With no Content-Type or any other one only an empty body is accepted. This is checked at the first byte, so that a
  // large file is rejected because of its type, not its size.
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

/** Returns the 415 for a media type that the operation does not accept; names the accepted one. */
export function refusedMediaType(request: FastifyRequest): MunimentError {
  const { operationId, body } = request.routeOptions.config;
  return unsupportedMediaType(
    request.headers['content-type'] ?? '',
    operationId === undefined ? 'application/json' : body === undefined ? 'no body' : wantedBody(body),
  );
}

/** Describes the body that an operation accepts. */
function wantedBody({ mediaType, schema }: RequestBody): string {
  if (mediaType !== 'multipart/form-data') {
    return mediaType;
  }
  const { properties = {} } = schema as { properties?: Readonly<Record<string, { format?: string }>> };
  const part = Object.keys(properties).find((name) => properties[name]?.format === 'binary') ?? 'file';
  return `${mediaType} with the CSV as part "${part}" (curl -F ${part}=@groups.csv)`;
}
