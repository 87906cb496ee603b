import type { Subject } from '../../src/domain/oauth/caller.ts';
import type { Client } from '../../src/storage/clients/clients.ts';

/** Returns a personal access token and its owner as the storage would return them, with the given changes. */
export function clientOf(differences: Partial<Client> = {}): { client: Client; owner: Subject } {
  const owner = { id: 'a'.repeat(32), name: 'Ada Lovelace', capabilities: ['ORG_ADMIN', 'das:ui-auditor'] };
  const client: Client = {
    id: 'c'.repeat(32),
    kind: 'PERSONAL_ACCESS_TOKEN',
    name: 'Test',
    ownerId: owner.id,
    secretHash: '0'.repeat(64),
    scope: ['sp:scopes:all'],
    accessTokenValiditySeconds: 43_200,
    expirationDate: null,
    userAwareTokenNeverExpires: true,
    enabled: true,
    details: {},
    lastUsed: null,
    created: 1,
    modified: 1,
    version: 1,
    ...differences,
  };
  return { client, owner };
}
