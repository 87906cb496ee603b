import type { Config } from '../../config.ts';
import type { ChangeOrigin } from '../../storage/changes/changes.ts';
import { recordChanges } from '../../storage/changes/changes.ts';
import { type Client, insertClient, lockClient, wasDeleted } from '../../storage/clients/clients.ts';
import type { Database, Session, Transaction } from '../../storage/database.ts';
import { type Identity, insertIdentity, lockIdentity } from '../../storage/identities/identities.ts';
import { claimProperty, findProperty } from '../../storage/properties.ts';
import { findByCredentials, hashSecret, newSecret, recordCreation } from './clients.ts';
import { newDashedId, newId } from '../ids.ts';
import { longestValidity } from './personal-access-tokens.ts';
import { everyScope } from '../oauth/scopes.ts';

/** Credentials with which a program gets access tokens. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The property names of these ids in the database. */
const tenantIdProperty = 'tenantId';
const administratorIdProperty = 'administratorId';

/** These changes have no request: the server makes them when it starts. */
const origin: ChangeOrigin = { actorId: null, clientId: null, taskId: null, trackingId: null };

/**
 * Prepares a new database in one transaction: creates an administrator and a personal access token of theirs that never
 * expires, with the configured credentials or generated ones.
 *
 * Later starts change nothing, with one exception: if the configured client id has never existed, the administrator gets
 * a token with that id. An operator who lost all secrets can thus regain access with a new id, but a deleted token stays
 * deleted, and an existing token keeps its secret regardless of the configuration.
 *
 * @returns the credentials if they were created now, otherwise undefined
 */
export async function bootstrapAdministrator(
  database: Database,
  config: Pick<Config, 'bootstrapClientId' | 'bootstrapClientSecret'>,
): Promise<Credentials | undefined> {
  const made: Credentials = {
    clientId: config.bootstrapClientId ?? newId(),
    clientSecret: config.bootstrapClientSecret ?? newSecret(),
  };
  const administratorId = newId();
  return database.write(async (transaction) => {
    const isFirstStart = await claimProperty(transaction, administratorIdProperty, administratorId);
    if (!isFirstStart && config.bootstrapClientId === undefined) {
      return undefined;
    }
    const administrator = isFirstStart
      ? await makeAdministrator(transaction, administratorId)
      : await lockIdentity(transaction, (await findProperty(transaction, administratorIdProperty)) ?? '');
    if (administrator === undefined) {
      throw new Error('The administrator created at the first start is missing from the database.');
    }
    const existed =
      (await lockClient(transaction, made.clientId)) !== undefined || (await wasDeleted(transaction, made.clientId));
    if (existed) {
      return undefined;
    }
    const token = tokenOf(administrator, made);
    await insertClient(transaction, token);
    await recordCreation(transaction, token, origin);
    return made;
  });
}

/** Whether the configured credentials would be accepted. True if none are configured. */
export async function isBootstrapSecretValid(
  database: Database,
  { bootstrapClientId, bootstrapClientSecret }: Pick<Config, 'bootstrapClientId' | 'bootstrapClientSecret'>,
): Promise<boolean> {
  if (bootstrapClientId === undefined || bootstrapClientSecret === undefined) {
    return true;
  }
  return (await findByCredentials(database, bootstrapClientId, bootstrapClientSecret)) !== undefined;
}

/** The id of this database's tenant, which is created on the first call. */
export async function tenantIdOf(database: Database): Promise<string> {
  const known = await findProperty(database.keyed, tenantIdProperty);
  const made = newDashedId();
  return (
    known ??
    database.write(async (transaction) =>
      (await claimProperty(transaction, tenantIdProperty, made))
        ? made
        : ((await findProperty(transaction, tenantIdProperty)) ?? made),
    )
  );
}

/** The id of the administrator created at the first start, or undefined before it. */
export async function administratorOf(session: Session): Promise<string | undefined> {
  return findProperty(session, administratorIdProperty);
}

async function makeAdministrator(transaction: Transaction, id: string): Promise<Identity> {
  const now = Date.now();
  const administrator: Identity = {
    id,
    alias: 'administrator',
    name: 'Administrator',
    email: null,
    attributes: {},
    capabilities: ['ORG_ADMIN'],
    created: now,
    modified: now,
    version: 1,
  };
  await insertIdentity(transaction, administrator);
  const { alias, name, capabilities } = administrator;
  await recordChanges(transaction, origin, now, [
    { objectType: 'IDENTITY', objectId: id, kind: 'created', before: null, after: { alias, name, capabilities } },
  ]);
  return administrator;
}

function tokenOf(administrator: Identity, { clientId, clientSecret }: Credentials): Client {
  const now = Date.now();
  return {
    id: clientId,
    kind: 'PERSONAL_ACCESS_TOKEN',
    name: 'Created at server start',
    ownerId: administrator.id,
    secretHash: hashSecret(clientSecret),
    scope: [everyScope],
    accessTokenValiditySeconds: longestValidity,
    expirationDate: null,
    userAwareTokenNeverExpires: true,
    enabled: true,
    details: {},
    lastUsed: null,
    created: now,
    modified: now,
    version: 1,
  };
}
