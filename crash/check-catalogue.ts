import type { Api } from '../bench/server/api.ts';
import type { Group } from './catalogue-model.ts';
import type { Outcome } from './outcome.ts';

/** Compares the catalogue with the loaded files. */

interface EntitlementBody {
  readonly value: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface AccountBody {
  readonly nativeIdentity: string;
  readonly name: string;
  readonly identityId?: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The maximum number of violations reported per check. */
const mostTold = 3;

export async function checkEntitlements({ api, sources, world: { directory } }: Outcome): Promise<string[]> {
  const bodies = await readAll<EntitlementBody>(api, 'entitlements', `source.id eq "${sources.directory}"`);
  const expected = new Map<string, object>([
    ...[...directory.listed].map(([id, group]): [string, object] => [id, attributesOf(id, group)]),
    ...[...directory.unlisted].map(([id, group]): [string, object] => [
      id,
      group === undefined ? {} : attributesOf(id, group),
    ]),
  ]);
  return contradictions(
    expected,
    new Map(bodies.map(({ value, attributes }) => [value, attributes])),
    bodies.map(({ value }) => value),
  );
}

function attributesOf(id: string, { name, description, memberOf }: Group): object {
  return { id, name, description, memberOf: memberOf === '' ? [] : [memberOf] };
}

export async function checkAccounts({ api, sources, world: { directory, people } }: Outcome): Promise<string[]> {
  const identities = await readAll<{ id: string; alias: string }>(api, 'identities', undefined);
  const aliases = new Map(identities.map(({ id, alias }) => [id, alias]));
  const found: string[] = [];
  for (const [sourceId, model] of [
    [sources.directory, directory],
    [sources.people, people],
  ] as const) {
    const bodies = await readAll<AccountBody>(api, 'accounts', `sourceId eq "${sourceId}"`);
    const actual = bodies.map(({ nativeIdentity, name, identityId, attributes }): [string, object] => [
      nativeIdentity,
      { name, location: attributes['location'], person: aliases.get(identityId ?? '') },
    ]);
    const expected = [...model.accounts].map(([key, { name, location, person }]): [string, object] => [
      key,
      { name, location, person: people.accounts.has(person) ? person : undefined },
    ]);
    found.push(
      ...contradictions(
        new Map(expected),
        new Map(actual),
        actual.map(([key]) => key),
      ),
    );
  }
  return found;
}

export async function checkMemberships({ sources, world }: Outcome): Promise<string[]> {
  const rows = await world.inspect(({ query }) =>
    query
      .selectFrom('account_entitlement')
      .innerJoin('account', 'account.id', 'account_entitlement.account_id')
      .innerJoin('entitlement', 'entitlement.id', 'account_entitlement.entitlement_id')
      .select(['account.native_identity as account', 'entitlement.value'])
      .where('account.source_id', '=', sources.directory)
      .execute(),
  );
  const actual = Map.groupBy(rows, ({ account }) => account);
  const sorted = [...actual].map(([account, held]): [string, object] => [
    account,
    held.map(({ value }) => value).toSorted(),
  ]);
  const expected = [...world.directory.accounts].filter(([, { groups }]) => groups.length > 0);
  return contradictions(
    new Map(expected.map(([account, { groups }]) => [account, groups])),
    new Map(sorted),
    sorted.map(([account]) => account),
  );
}

function contradictions(
  expected: ReadonlyMap<string, object>,
  actual: ReadonlyMap<string, object>,
  keys: readonly string[],
): string[] {
  const found: string[] = [];
  if (keys.length !== actual.size) {
    found.push(`${keys.length} objects have only ${actual.size} keys`);
  }
  for (const key of new Set([...expected.keys(), ...actual.keys()])) {
    const [wanted, was] = [JSON.stringify(expected.get(key)), JSON.stringify(actual.get(key))];
    if (wanted !== was) {
      found.push(`${key} is ${was ?? 'missing'}, but must be ${wanted ?? 'deleted'}`);
    }
  }
  return found.length > mostTold ? [...found.slice(0, mostTold), `and ${found.length - mostTold} more`] : found;
}

/** Reads a list to its end. */
export async function readAll<T>(api: Api, noun: string, filters: string | undefined): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const query = new URLSearchParams({ limit: '250', offset: String(all.length) });
    if (filters !== undefined) {
      query.set('filters', filters);
    }
    const found = await api.json<T[]>('GET', `/v2025/${noun}?${query}`);
    all.push(...found);
    if (found.length < 250) {
      return all;
    }
  }
}
