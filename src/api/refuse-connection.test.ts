import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptySqlite, type EmptyDatabase } from '../../tests/support/engines.ts';
import { startTestServer, type TestServer } from '../../tests/support/server.ts';

describe('invalid HTTP requests', () => {
  let database: EmptyDatabase;
  let server: TestServer;
  beforeAll(async () => {
    database = await emptySqlite();
    server = await startTestServer(database);
  });
  afterAll(async () => {
    await server.stop();
    await database.remove();
  });

  /** Sends these bytes on a new connection; returns the head and the body of the response. */
  const send = async (request: string): Promise<{ head: string; body: unknown }> => {
    const { hostname, port } = new URL(server.url);
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      connect({ host: hostname, port: Number(port), allowHalfOpen: true })
        .on('data', (data) => (text += data.toString()))
        .on('end', () => resolve(text))
        .on('error', reject)
        .end(request, 'latin1');
    });
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    return { head, body: JSON.parse(body) };
  };
  const status = (head: string): string => head.slice(9, 12);
  const envelope = (head: string, detailCode: string, text: string): object => ({
    detailCode,
    trackingId: /Slpt-Request-Id: ([0-9a-f]{32})/i.exec(head)?.[1],
    messages: expect.arrayContaining([
      { locale: 'en-US', localeOrigin: 'DEFAULT', text: expect.stringContaining(text) },
    ]),
    causes: [],
  });

  test.each([
    ['an invalid request line', 'nothing\r\n\r\n', 'is not valid HTTP'],
    ['a URL with bytes beyond ASCII', 'GET /\u00ff HTTP/1.1\r\nHost: x\r\n\r\n', 'is not valid HTTP'],
    ['two lengths', 'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 'is not valid HTTP'],
    ['no Host', 'GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n', 'has no header Host'],
  ])('%s: 400 with the error body, and the tracking id in the header', async (_title, request, text) => {
    const { head, body } = await send(request);
    expect(status(head)).toBe('400');
    expect(body).toEqual(envelope(head, '400.0 Bad request syntax', text));
  });

  test('headers that are too long: 431', async () => {
    const { head, body } = await send(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(140_000)}\r\n\r\n`);
    expect(status(head)).toBe('431');
    expect(body).toEqual(envelope(head, '431 Request header fields too large', 'exceed 131072 bytes'));
  });

  test('an unknown expectation is ignored', async () => {
    const request = 'GET /health/live HTTP/1.1\r\nHost: x\r\nExpect: 200-maybe\r\nConnection: close\r\n\r\n';
    const { head, body } = await send(request);
    expect([status(head), body]).toEqual(['200', { status: 'UP' }]);
  });

  test('HTTP/1.0 needs no Host', async () => {
    const { head } = await send('GET /health/live HTTP/1.0\r\n\r\n');
    expect(status(head)).toBe('200');
  });
});
