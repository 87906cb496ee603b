import type { FastifyInstance } from 'fastify';
import { badRequestSyntax } from '../errors.ts';

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
    (_request, text, done) => {
      if (text === '') {
        done(null, undefined);
        return;
      }
      try {
        done(null, JSON.parse(String(text)));
      } catch (error) {
        done(badRequestSyntax(`The body is not JSON: ${(error as Error).message}.`));
      }
    },
  );
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) => {
    done(null, text === '' ? undefined : Object.fromEntries(new URLSearchParams(String(text))));
  });
  // No content type, or an empty body under any other.
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0) {
      done(null, undefined);
      return;
    }
    done(
      badRequestSyntax(
        `A body of Content-Type "${request.headers['content-type'] ?? ''}" is not read here. Send application/json.`,
      ),
    );
  });
}
