import Fastify from 'fastify';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { readContentTypes } from './content-types.ts';
import { sendError } from './error-handler.ts';

test('a client that disconnects while sending its body is not a database failure', async () => {
  const server = Fastify();
  readContentTypes(server);
  server.post('/', async () => 'read');
  const refused = new Promise<number>((resolve) => {
    server.setErrorHandler((error, request, reply) => {
      const sent = sendError(error, request, reply);
      resolve(reply.statusCode);
      return sent;
    });
  });
  const begun = new Promise<void>((resolve) => {
    server.addHook('preParsing', async () => resolve());
  });
  try {
    const { hostname, port } = new URL(await server.listen({ port: 0 }));
    const socket = connect({ host: hostname.replace(/[[\]]/g, ''), port: Number(port) });
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"name"');
    await begun;
    socket.destroy();
    expect(await refused).toBe(400);
  } finally {
    await server.close();
  }
});
