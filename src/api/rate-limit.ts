import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { rateLimitExceeded } from '../errors.ts';

/** The window of the contract's rate limit, in milliseconds. */
const window = 10_000;

/**
 * Adds the hook that counts requests per tenant, client id and family (contract §0, "Rate limit").
 * @param limit requests in 10 seconds; 0 disables the limit
 */
export async function limitRate(server: FastifyInstance, limit: number): Promise<void> {
  if (limit === 0) {
    return;
  }
  await server.register(rateLimit, { global: false });
  const check = server.createRateLimit({
    max: limit,
    timeWindow: window,
    keyGenerator: ({ application, caller, routeOptions }) =>
      `${application.tenantId} ${caller.clientId} ${routeOptions.config.family}`,
  });
  server.addHook('onRequest', async (request) => {
    const outcome = await check(request);
    if (!outcome.isAllowed && outcome.isExceeded) {
      throw rateLimitExceeded(Math.max(1, outcome.ttlInSeconds));
    }
  });
}
