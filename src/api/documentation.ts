import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Application } from '../application.ts';
import { type FamilyLayout, families } from './families.ts';
import { openApiText } from './openapi/document.ts';

/** The files of the reference page; no other file of its package is served. */
const pageFiles = ['swagger-ui.css', 'swagger-ui-bundle.js', 'swagger-ui-standalone-preset.js', 'favicon-32x32.png'];

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Muniment API reference</title>
    <link rel="stylesheet" href="swagger-ui.css">
    <link rel="icon" type="image/png" href="favicon-32x32.png">
  </head>
  <body>
    <div id="reference"></div>
    <noscript>This page needs JavaScript. The documents themselves are at /openapi/v2025.json and so on.</noscript>
    <script src="swagger-ui-bundle.js"></script>
    <script src="swagger-ui-standalone-preset.js"></script>
    <script src="initializer.js"></script>
  </body>
</html>
`;

/**
 * Mounts the OpenAPI documents at `/openapi/{family}.json` and the reference page at `/docs`. Both are public and load
 * nothing from other hosts: no scripts, fonts or validation.
 */
export function mountDocumentation(server: FastifyInstance): void {
  for (const family of families) {
    mountDocument(server, family);
  }
  const text = (url: string, type: string, content: string): void => {
    server.get(url, async (_request, reply) => protect(reply).type(`${type}; charset=utf-8`).send(content));
  };
  server.get('/docs', async (request, reply) => {
    // The page refers to its files relative to /docs/, so that it also works behind a proxy with a path prefix.
    const path = request.url.split('?')[0] ?? '';
    return path.endsWith('/') ? protect(reply).type('text/html; charset=utf-8').send(page) : reply.redirect('docs/');
  });
  text('/docs/initializer.js', 'text/javascript', initializer());
  void server.register(fastifyStatic, {
    root: fileURLToPath(new URL('static/', import.meta.resolve('@fastify/swagger-ui/package.json'))),
    prefix: '/docs/',
    index: false,
    decorateReply: false,
    maxAge: '1h',
    allowedPath: (path) => pageFiles.includes(path.replace(/^\//, '')),
    setHeaders: (reply) => void protect(reply),
  });
}

/**
 * A document is generated at its first request and cached: the operations of a running server do not change. Tenants
 * whose public URLs have the same path share it.
 */
function mountDocument(server: FastifyInstance, family: FamilyLayout): void {
  const documents = new Map<string, { text: string; tag: string }>();
  server.get(`/openapi/${family.name}.json`, async (request: FastifyRequest, reply: FastifyReply) => {
    const base = publicPathOf(request.application);
    const document = documents.get(base) ?? tagged(openApiText(family, base));
    documents.set(base, document);
    void protect(reply).header('ETag', document.tag).header('Cache-Control', 'no-cache');
    if (request.headers['if-none-match']?.includes(document.tag) === true) {
      return reply.code(304).send();
    }
    return reply.type('application/json; charset=utf-8').send(document.text);
  });
}

/** The path of the public URL that is set for a tenant; empty where none is. */
function publicPathOf({ config: { publicUrl } }: Application): string {
  return publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/$/, '');
}

function tagged(text: string): { text: string; tag: string } {
  return { text, tag: `"${createHash('sha256').update(text).digest('base64url')}"` };
}

/** Allows the page to run its own scripts and to connect to this server only. Its library sets inline styles. */
function protect(reply: FastifyReply): FastifyReply {
  return reply.headers({
    'Content-Security-Policy':
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
      "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  });
}

function initializer(): string {
  const urls = families.map(({ name, title }) => ({ name: title, url: `../openapi/${name}.json` }));
  const options = {
    urls,
    'urls.primaryName': families.find((family) => family.name === 'v2025')?.title,
    dom_id: '#reference',
    deepLinking: true,
    docExpansion: 'list',
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    filter: true,
    layout: 'StandaloneLayout',
    validatorUrl: null,
  };
  return `window.ui = SwaggerUIBundle({
  ...${JSON.stringify(options, undefined, 2)},
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
});
`;
}
