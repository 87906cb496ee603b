import type { FastifyReply, FastifyRequest } from 'fastify';
import { findByCredentials, findOwnSubject, recordUse, refusalOf } from '../../domain/clients/clients.ts';
import { mayUseClientCredentials } from '../../domain/clients/oauth-clients.ts';
import { issueToken } from '../../domain/oauth/tokens.ts';
import { invalidClient, invalidTokenRequest, unauthorizedClient, unsupportedGrantType } from '../../errors.ts';
import { readTokenRequest } from './token-request.ts';

/** `POST /oauth/token`: issues an access token for a client's credentials (contract B.8, RFC 6749 §4.4). */
export async function answerTokenRequest(request: FastifyRequest, reply: FastifyReply): Promise<object> {
  const { application } = request;
  const { config, tenantId } = application;
  // Caches must not store tokens (RFC 6749 §5.1).
  void reply.headers({ 'Cache-Control': 'no-store', Pragma: 'no-cache' });
  const { grantType, clientId, clientSecret, isBasic } = await readTokenRequest(request);
  if (grantType === undefined) {
    throw missing('grant_type');
  }
  if (grantType !== 'client_credentials') {
    throw unsupportedGrantType(grantType);
  }
  if (clientId === undefined) {
    throw missing('client_id');
  }
  if (clientSecret === undefined) {
    throw missing('client_secret');
  }
  const now = Date.now();
  const client = await findByCredentials(application.database, clientId, clientSecret);
  if (client === undefined) {
    if (isBasic) {
      void reply.header('WWW-Authenticate', 'Basic realm="muniment"');
    }
    throw invalidClient();
  }
  // A client that knows its secret may know why it is rejected.
  const subject = await findOwnSubject(application.database, client);
  const refusal = refusalOf(client, subject, now);
  if (subject === undefined || refusal !== undefined) {
    throw invalidClient(`The credentials are correct, but ${refusal}.`);
  }
  if (!mayUseClientCredentials(client)) {
    throw unauthorizedClient(`Client "${client.name}" may not use the grant type client_credentials.`);
  }
  const issued = await issueToken(
    application.signingKeys,
    {
      url: application.publicUrl(),
      tenantId,
      org: config.orgName,
      pod: config.podName,
      lifetime: config.tokenLifetime,
    },
    client,
    subject,
  );
  // The response does not wait for the recording, and does not fail with it.
  recordUse(application.database, client, now).catch((error: unknown) => {
    const fields = { err: error, trackingId: request.id, clientId: client.id };
    application.log.warn(fields, 'The last use of a client could not be recorded.');
  });
  return {
    access_token: issued.token,
    token_type: 'bearer',
    expires_in: issued.lifetime,
    scope: issued.scopes.join(' '),
    tenant_id: tenantId,
    pod: config.podName,
    org: config.orgName,
    strong_auth_supported: false,
    strong_auth: false,
    internal: false,
    accessType: 'OFFLINE',
    user_id: issued.subjectId,
    identity_id: issued.subjectId,
    user_name: issued.userName,
    enabled: true,
    jti: issued.id,
  };
}

function missing(name: string): Error {
  return invalidTokenRequest(
    `Parameter "${name}" is missing. Send grant_type=client_credentials, client_id and client_secret in the body or the query.`,
  );
}
