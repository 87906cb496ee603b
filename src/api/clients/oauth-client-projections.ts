import type { Static } from 'typebox';
import type { OauthClient } from '../../domain/clients/oauth-clients.ts';
import { wireTime } from '../wire-time.ts';
import type { createResponse, oauthClient } from './oauth-client-schemas.ts';

/** Returns the wire format of an existing client. */
export function toOauthClient({ client, details }: OauthClient): Static<typeof oauthClient> {
  return {
    id: client.id,
    name: client.name,
    description: details.description,
    businessName: details.businessName,
    homepageUrl: details.homepageUrl,
    accessTokenValiditySeconds: client.accessTokenValiditySeconds,
    refreshTokenValiditySeconds: details.refreshTokenValiditySeconds,
    redirectUris: details.redirectUris === null ? null : [...details.redirectUris],
    grantTypes: [...details.grantTypes],
    accessType: details.accessType,
    type: details.type,
    internal: details.internal,
    enabled: client.enabled,
    strongAuthSupported: details.strongAuthSupported,
    claimsSupported: details.claimsSupported,
    created: wireTime(client.created),
    modified: wireTime(client.modified),
    secret: null,
    metadata: null,
    lastUsed: client.lastUsed === null ? null : wireTime(client.lastUsed),
    scope: [...client.scope],
  };
}

/** Returns the wire format of a new client with its secret. */
export function toNewOauthClient(made: OauthClient, secret: string): Static<typeof createResponse> {
  const { metadata: _metadata, lastUsed: _lastUsed, ...shown } = toOauthClient(made);
  return {
    ...shown,
    secret,
    businessName: shown.businessName ?? '',
    homepageUrl: shown.homepageUrl ?? '',
    description: shown.description ?? '',
    redirectUris: shown.redirectUris ?? [],
  };
}
