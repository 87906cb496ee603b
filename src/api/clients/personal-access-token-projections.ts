import type { Static } from 'typebox';
import { lastMoment, type PersonalAccessToken } from '../../domain/clients/personal-access-tokens.ts';
import { wireTime } from '../wire-time.ts';
import type { createResponse, olderPersonalAccessToken, personalAccessToken } from './personal-access-token-schemas.ts';

/** The form of a token in a family. */
export interface TokenShape {
  readonly show: (token: PersonalAccessToken) => object;
}

/** Returns the wire format of an existing token. */
export function toPersonalAccessToken(token: PersonalAccessToken): Static<typeof personalAccessToken> {
  const { expirationDate, userAwareTokenNeverExpires } = token.client;
  return {
    ...toOlderPersonalAccessToken(token),
    expirationDate: expirationDate === null ? null : wireTime(expirationDate),
    userAwareTokenNeverExpires,
  };
}

/** The form in families in which every token expires: a token that never expires gets the latest date. */
function toOlderPersonalAccessToken({ client, owner }: PersonalAccessToken): Static<typeof olderPersonalAccessToken> {
  return {
    id: client.id,
    name: client.name,
    scope: [...client.scope],
    owner: { type: 'IDENTITY', id: owner.id, name: owner.name },
    created: wireTime(client.created),
    lastUsed: client.lastUsed === null ? null : wireTime(client.lastUsed),
    managed: false,
    accessTokenValiditySeconds: client.accessTokenValiditySeconds,
    expirationDate: wireTime(client.expirationDate ?? lastMoment),
  };
}

/** Returns the wire format of a new token with its secret. Clients need a date even if it never expires (contract C.2). */
export function toNewPersonalAccessToken(token: PersonalAccessToken, secret: string): Static<typeof createResponse> {
  const { id, scope, name, owner, created, accessTokenValiditySeconds, expirationDate } =
    toOlderPersonalAccessToken(token);
  return { id, secret, scope, name, owner, created, accessTokenValiditySeconds, expirationDate };
}

export const tokenShape: TokenShape = { show: toPersonalAccessToken };
export const olderTokenShape: TokenShape = { show: toOlderPersonalAccessToken };
