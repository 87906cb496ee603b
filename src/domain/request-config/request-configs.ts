import { difference, recordChanges } from '../../storage/changes/changes.ts';
import type { Database, Session, Transaction } from '../../storage/database.ts';
import {
  findSourceRequestConfig,
  parsedConfig,
  type SetRequestConfig,
  setSourceRequestConfig,
  storedConfig,
} from '../../storage/request-config/request-config.ts';
import { touchSource } from '../../storage/sources/sources.ts';
import type { ChangeOptions } from '../changes/change-context.ts';
import { type Entitlement, getEntitlement, lockedEntitlement, storeGovernance } from '../entitlements/entitlements.ts';
import { getSource, lockedSource } from '../sources/sources.ts';
import { checkVersion } from '../version.ts';
import { getAccessRequestConfig } from './access-request-config.ts';
import { checkedRequestConfig, type RequestConfigInput } from './check-request-config.ts';
import { type ConfigInForce, configInForce, type ConfigLevel } from './inheritance.ts';

/** The request configuration of an entitlement or source. */
export interface ShownRequestConfig extends ConfigInForce {
  /** What is set on the object itself; null for nothing. */
  readonly own: SetRequestConfig | null;
  /** The version of the entitlement or source. */
  readonly version: number;
}

/** Returns the request configuration of an entitlement. Throws 404. */
export async function getEntitlementConfig(database: Database, id: string): Promise<ShownRequestConfig> {
  return ofEntitlement(database.keyed, await getEntitlement(database, id));
}

/** Returns the request configuration of the entitlements of a source. Throws 404. */
export async function getSourceConfig(database: Database, sourceId: string): Promise<ShownRequestConfig> {
  return ofSource(database.keyed, await getSource(database, sourceId));
}

/**
 * Sets the request configuration of an entitlement; values that the input does not contain are inherited.
 * @throws 404; 412; 400 as `checkedRequestConfig`
 */
export async function putEntitlementConfig(
  database: Database,
  id: string,
  input: RequestConfigInput,
  { ifMatch, context }: ChangeOptions,
): Promise<ShownRequestConfig> {
  return database.write(async (transaction) => {
    const before = await lockedEntitlement(transaction, id, ifMatch);
    const requestConfig = storedConfig(await checkedRequestConfig(transaction, input));
    return ofEntitlement(
      transaction,
      await storeGovernance(transaction, before, { ...before, requestConfig }, context),
    );
  });
}

/** Sets the request configuration of the entitlements of a source, as `putEntitlementConfig`. */
export async function putSourceConfig(
  database: Database,
  sourceId: string,
  input: RequestConfigInput,
  { ifMatch, context }: ChangeOptions,
): Promise<ShownRequestConfig> {
  return database.write(async (transaction) => {
    const source = await lockedSource(transaction, sourceId);
    checkVersion(ifMatch, source.version);
    const before = { entitlementRequestConfig: await findSourceRequestConfig(transaction, sourceId) };
    const after = { entitlementRequestConfig: await checkedRequestConfig(transaction, input) };
    const changed = difference(before, after);
    if (changed === undefined) {
      return ofSource(transaction, source);
    }
    const now = Date.now();
    await setSourceRequestConfig(transaction, sourceId, after.entitlementRequestConfig);
    await touchSource(transaction, sourceId, now);
    await recordChanges(transaction, context, now, [
      { objectType: 'SOURCE', objectId: sourceId, kind: 'updated', ...changed },
    ]);
    return ofSource(transaction, { ...source, version: source.version + 1 });
  });
}

async function ofEntitlement(
  session: Session | Transaction,
  { requestConfig, sourceId, version }: Entitlement,
): Promise<ShownRequestConfig> {
  const own = parsedConfig(requestConfig);
  const levels: readonly ConfigLevel[] = [
    { origin: 'ENTITLEMENT', config: own },
    { origin: 'SOURCE', config: await findSourceRequestConfig(session, sourceId) },
    await organisationLevel(session),
  ];
  return { own, version, ...configInForce(levels) };
}

async function ofSource(
  session: Session | Transaction,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<ShownRequestConfig> {
  const own = await findSourceRequestConfig(session, id);
  const levels: readonly ConfigLevel[] = [{ origin: 'SOURCE', config: own }, await organisationLevel(session)];
  return { own, version, ...configInForce(levels) };
}

async function organisationLevel(session: Session): Promise<ConfigLevel> {
  const { entitlementRequestConfig } = await getAccessRequestConfig(session);
  return { origin: 'ORGANISATION', config: entitlementRequestConfig };
}
