import type { FastifyInstance } from 'fastify';
import type { Host } from '../application.ts';

/** Mounts /health/live, /health/ready and /metrics, which need no token. */
export function mountHealth(server: FastifyInstance, host: Host): void {
  server.get('/health/live', async () => ({ status: 'UP' }));

  server.get('/health/ready', async (_request, reply) => {
    if (!host.isReady()) {
      return reply.code(503).send({ status: 'DOWN', reason: 'The server is starting or stopping.' });
    }
    try {
      await host.ping();
    } catch (error) {
      host.log.error({ err: error }, 'The database or the data directory is unavailable.');
      return reply.code(503).send({ status: 'DOWN', reason: 'The database or the data directory is unavailable.' });
    }
    return { status: 'UP' };
  });

  server.get('/metrics', async (_request, reply) => {
    return reply.type(host.metrics.registry.contentType).send(await host.metrics.registry.metrics());
  });
}
