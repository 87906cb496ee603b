import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Application } from '../application.ts';
import { mountDocumentation } from './documentation.ts';
import { families } from './families.ts';

describe('the reference', () => {
  let server: FastifyInstance;

  beforeAll(async () => {
    server = Fastify({ routerOptions: { ignoreTrailingSlash: true } });
    const application = { config: { publicUrl: 'https://example.test/iga' } } as Application;
    server.decorateRequest('application');
    server.addHook('onRequest', async (request) => {
      request.application = application;
    });
    mountDocumentation(server);
    await server.ready();
  });
  afterAll(() => server.close());

  test('has a document for every family, generated once and revalidated with its ETag', async () => {
    for (const family of families) {
      const url = `/openapi/${family.name}.json`;
      const answer = await server.inject(url);
      expect(answer.statusCode).toBe(200);
      expect(answer.json()).toMatchObject({ openapi: '3.1.0', info: { version: family.name } });
      const again = await server.inject({ url, headers: { 'if-none-match': String(answer.headers['etag']) } });
      expect([again.statusCode, again.body]).toEqual([304, '']);
    }
  });

  test('has the public path of the server', async () => {
    const answer = await server.inject('/openapi/beta.json');
    expect(answer.json()).toMatchObject({ servers: [{ url: '/iga/beta' }] });
  });

  test('is a page whose files are all served here, and which may load nothing from other hosts', async () => {
    const toPage = await server.inject('/docs');
    expect([toPage.statusCode, toPage.headers['location']]).toEqual([302, 'docs/']);
    const page = await server.inject('/docs/');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(files).toHaveLength(5);
    for (const file of files) {
      const answer = await server.inject(`/docs/${file}`);
      expect([file, answer.statusCode]).toEqual([file, 200]);
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
    }
  });

  test('lists the documents of all families', async () => {
    const script = await server.inject('/docs/initializer.js');
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    for (const family of families) {
      expect(script.body).toContain(`"../openapi/${family.name}.json"`);
    }
  });

  test('serves no other file of the page library', async () => {
    for (const path of [
      'package.json',
      'swagger-initializer.js',
      'swagger-ui.js.map',
      '../package.json',
      '%2e%2e/README.md',
    ]) {
      expect((await server.inject(`/docs/${path}`)).statusCode).toBe(404);
    }
  });
});
