import type { Static } from 'typebox';
import { lastMoment, type PersonalAccessToken } from '../../domain/clients/personal-access-tokens.ts';
import { wireTime } from '../wire-time.ts';
import type { createResponse, olderPersonalAccessToken, personalAccessToken } from './personal-access-token-schemas.ts';

/** How a family shows a token. */
export interface TokenShape {
  readonly show: (token: PersonalAccessToken) => object;
}

/** A token as it is read. */
export function toPersonalAccessToken(token: PersonalAccessToken): Static<typeof personalAccessToken> {
  const { expirationDate, userAwareTokenNeverExpires } = token.client;
  return {
    ...toOlderPersonalAccessToken(token),
    expirationDate: expirationDate === null ? null : wireTime(expirationDate),
    userAwareTokenNeverExpires,
  };
}

/** A token as it is read in families in which every token expires: one that never does has the last of all dates. */
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

/** A new token with its secret. Clients need a date here even when the token never expires (contract C.2). */
export function toNewPersonalAccessToken(token: PersonalAccessToken, secret: string): Static<typeof createResponse> {
  const { id, scope, name, owner, created, accessTokenValiditySeconds, expirationDate } =
    toOlderPersonalAccessToken(token);
  return { id, secret, scope, name, owner, created, accessTokenValiditySeconds, expirationDate };
}

export const tokenShape: TokenShape = { show: toPersonalAccessToken };
export const olderTokenShape: TokenShape = { show: toOlderPersonalAccessToken };
