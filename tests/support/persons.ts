import { newId } from '../../src/domain/ids.ts';
import { hashSecret } from '../../src/domain/clients/clients.ts';
import { recordChanges } from '../../src/storage/changes/changes.ts';
import { insertClient } from '../../src/storage/clients/clients.ts';
import { insertIdentity } from '../../src/storage/identities/identities.ts';
import { identityState, newIdentity } from '../../src/storage/identities/identity-record.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { ApiClient, tokenOf } from './api-client.ts';
import { clientOf } from './clients.ts';
import type { EmptyDatabase } from './engines.ts';

const origin = { actorId: null, clientId: null, taskId: null, trackingId: null };

/** An identity on a test server. */
export interface Person {
  readonly id: string;
  /** Calls the API as this identity, with all scopes. */
  readonly api: ApiClient;
}

/** Adds an identity with these capabilities to the database of a running server, and gets a token for it. */
export async function addPerson(
  server: { readonly url: string },
  { url }: EmptyDatabase,
  name: string,
  capabilities: readonly string[],
): Promise<Person> {
  const [id, clientId, secret] = [newId(), newId(), 'd'.repeat(64)];
  const database = await openDatabase({ url, readers: 0 });
  try {
    await database.write(async (transaction) => {
      const now = Date.now();
      const person = {
        id,
        alias: id,
        name,
        email: null,
        attributes: { firstname: name.split(' ')[0], lastname: name.split(' ')[1] },
        capabilities,
        created: now,
        modified: now,
        version: 1,
      };
      await insertIdentity(transaction, person);
      await recordChanges(transaction, origin, now, [
        {
          objectType: 'IDENTITY',
          objectId: id,
          kind: 'created',
          before: null,
          after: identityState(newIdentity(person)),
        },
      ]);
      await insertClient(
        transaction,
        clientOf({ id: clientId, ownerId: id, secretHash: hashSecret(secret), name: `Of ${name}` }).client,
      );
    });
  } finally {
    await database.close();
  }
  return { id, api: new ApiClient(server.url, await tokenOf(server.url, clientId, secret)) };
}
