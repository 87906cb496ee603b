import { notFound } from '../../errors.ts';
import { difference, recordChanges } from '../../storage/changes/changes.ts';
import type { Database, Session, Transaction } from '../../storage/database.ts';
import { governanceState } from '../../storage/entitlements/entitlement-record.ts';
import {
  type EntitlementRow,
  findEntitlement,
  lockEntitlement,
  updateGovernance,
} from '../../storage/entitlements/entitlements.ts';
import {
  findSourceRequestConfig,
  parsedConfig,
  type SetRequestConfig,
  setSourceRequestConfig,
  storedConfig,
} from '../../storage/request-config/request-config.ts';
import { findSource, touchSource } from '../../storage/sources/sources.ts';
import type { ChangeOptions } from '../changes/change-context.ts';
import { lockedSource } from '../sources/sources.ts';
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
export async function getEntitlementConfig(session: Session, id: string): Promise<ShownRequestConfig> {
  return ofEntitlement(session, foundEntitlement(await findEntitlement(session, id), id));
}

/** Returns the request configuration of the entitlements of a source. Throws 404. */
export async function getSourceConfig(session: Session, sourceId: string): Promise<ShownRequestConfig> {
  const source = await findSource(session, sourceId);
  if (source === undefined) {
    throw notFound('source', sourceId);
  }
  return ofSource(session, source);
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
    const before = foundEntitlement(await lockEntitlement(transaction, id), id);
    checkVersion(ifMatch, before.version);
    const requestConfig = storedConfig(await checkedRequestConfig(transaction, input));
    if (requestConfig === before.requestConfig) {
      return ofEntitlement(transaction, before);
    }
    const after = { ...before, requestConfig };
    const now = Date.now();
    await updateGovernance(transaction, before, after, now);
    await recordChanges(transaction, context, now, [
      {
        objectType: 'ENTITLEMENT',
        objectId: id,
        kind: 'updated',
        before: governanceState(before, ['requestConfig']),
        after: governanceState(after, ['requestConfig']),
      },
    ]);
    return ofEntitlement(transaction, { ...after, version: before.version + 1 });
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

function foundEntitlement(entitlement: EntitlementRow | undefined, id: string): EntitlementRow {
  if (entitlement === undefined) {
    throw notFound('entitlement', id);
  }
  return entitlement;
}

async function ofEntitlement(
  session: Session | Transaction,
  { requestConfig, sourceId, version }: EntitlementRow,
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
