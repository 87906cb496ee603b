import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { invalidTokenRequest, notServedYet } from '../../errors.ts';
import { sendError } from '../error-handler.ts';
import { answerTokenRequest } from './token.ts';

/** The maximum size of a token request, in bytes. */
const largestRequest = 65_536;

/**
 * The endpoints outside the contract's families: tokens, the public keys to verify them, and information about this
 * tenant (contract B.8). None of them requires a token, and none is rate limited.
 */
export function mountOauth(server: FastifyInstance): void {
  void server.register(async (oauth) => {
    // A token request is small and may have any encoding: it is read completely and parsed by its content type.
    oauth.removeAllContentTypeParsers();
    oauth.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestRequest }, (_request, body, done) => {
      done(null, body);
    });
    oauth.post('/oauth/token', {
      bodyLimit: largestRequest,
      handler: answerTokenRequest,
      errorHandler: (error, request, reply) => {
        void sendError(asTokenError(error), request, reply);
      },
    });
  });

  const answerKeys = async ({ application }: FastifyRequest): Promise<object> => ({
    keys: await application.signingKeys.publicKeys(),
  });
  server.get('/oauth/jwks', answerKeys);
  server.get('/.well-known/jwks.json', answerKeys);

  server.get('/oauth/info', async ({ application }) => {
    const { config, tenantId } = application;
    const url = application.publicUrl();
    return {
      tenantId,
      tenantName: config.tenantName,
      org: config.orgName,
      pod: config.podName,
      authorizeEndpoint: `${url}/oauth/authorize`,
      tokenEndpoint: `${url}/oauth/token`,
      cloudDomainUrl: url,
      logoutUrl: `${url}/logout`,
    };
  });

  server.get('/oauth/authorize', async () => {
    throw notServedYet(
      'The authorisation code grant is not served by this version. Use a personal access token with grant_type=client_credentials at /oauth/token.',
    );
  });
}

/** Converts errors of the server framework (e.g. a too large body) to errors of the token endpoint. */
function asTokenError(error: unknown): unknown {
  const { statusCode, code } = error as FastifyError;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return invalidTokenRequest(`A token request has at most ${largestRequest} bytes.`, 413);
  }
  return statusCode !== undefined && statusCode < 500
    ? invalidTokenRequest((error as Error).message, statusCode)
    : error;
}
