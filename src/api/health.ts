import type { FastifyInstance } from 'fastify';
import type { Application } from '../application.ts';
import { ping } from '../domain/database-health.ts';

/** Mounts /health/live, /health/ready and /metrics, which need no token. */
export function mountHealth(server: FastifyInstance, application: Application): void {
  server.get('/health/live', async () => ({ status: 'UP' }));

  server.get('/health/ready', async (_request, reply) => {
    if (!application.isReady()) {
      return reply.code(503).send({ status: 'DOWN', reason: 'The server is starting or stopping.' });
    }
    try {
      await ping(application.database, application.config.dataDir);
    } catch (error) {
      application.log.error({ err: error }, 'The database or the data directory is unavailable.');
      return reply.code(503).send({ status: 'DOWN', reason: 'The database or the data directory is unavailable.' });
    }
    return { status: 'UP' };
  });

  server.get('/metrics', async (_request, reply) => {
    return reply.type(application.metrics.registry.contentType).send(await application.metrics.registry.metrics());
  });
}
