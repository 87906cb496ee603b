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

/** What a program needs to get access tokens. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The names under which the database keeps these ids. */
const tenantIdProperty = 'tenantId';
const administratorIdProperty = 'administratorId';

/** Nobody asked for these changes: the server makes them when it starts. */
const origin: ChangeOrigin = { actorId: null, clientId: null, taskId: null, trackingId: null };

/**
 * Prepares a new database, in one transaction: an administrator, and a personal access token of the administrator that
 * never expires, with the credentials that were set or with generated ones.
 *
 * At a later start nothing is changed, with one exception: when the client id that is set names a token that was never
 * there, the administrator gets that token, too. So an operator who lost every secret sets a new id and gets in again,
 * while a token that was deleted stays deleted, and one that exists keeps its secret, whatever is set.
 *
 * @returns the credentials if they were made now, otherwise undefined
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
      throw new Error('The administrator made at the first start is not in the database.');
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

/** Whether the credentials that are set would be accepted. True when none are set. */
export async function isBootstrapSecretValid(
  database: Database,
  { bootstrapClientId, bootstrapClientSecret }: Pick<Config, 'bootstrapClientId' | 'bootstrapClientSecret'>,
): Promise<boolean> {
  if (bootstrapClientId === undefined || bootstrapClientSecret === undefined) {
    return true;
  }
  return (await findByCredentials(database, bootstrapClientId, bootstrapClientSecret)) !== undefined;
}

/** The id of this database's tenant, which is made when it is first asked for. */
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

/** The id of the administrator made at the first start, or undefined before it. */
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
    name: 'Made at the start of the server',
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
