import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addAccounts } from '../../../tests/support/accounts.ts';
import { addSource } from '../../../tests/support/catalogue.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import { setCorrelationConfig } from '../../storage/sources/correlation-config.ts';
import type { Database } from '../../storage/database.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { applyAuthoritative } from './apply-authoritative.ts';
import { correlateAccounts } from './correlate.ts';
import { releaseIdentityOf } from './release-identity.ts';

const context: ChangeContext = { actorId: null, clientId: null, taskId: null, trackingId: null };

/** One change of a source's file: rows that are added or changed, or rows that are removed. */
interface Step {
  readonly source: string;
  readonly set?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly remove?: readonly string[];
}

/** Sources loaded in steps; those whose names begin with "HR" are authoritative. */
class Organisation {
  readonly #database: Database;
  readonly #ids = new Map<string, string>();

  constructor(database: Database) {
    this.#database = database;
  }

  async addSources(prefix: string, names: readonly string[]): Promise<void> {
    for (const name of names) {
      const id = await addSource(this.#database, `${prefix} ${name}`);
      this.#ids.set(name, id);
      await this.#database.write(async (transaction) => {
        if (name.startsWith('HR')) {
          await transaction.query.updateTable('source').set({ authoritative: 1 }).where('id', '=', id).execute();
        } else {
          await setCorrelationConfig(transaction, id, {
            id: '1',
            name: 'By mail, else by login',
            attributeAssignments: [
              { property: 'email', value: 'mail' },
              { property: 'alias', value: 'login' },
            ],
          });
        }
      });
    }
  }

  async run({ source: name, set = {}, remove = [] }: Step): Promise<void> {
    const source = { id: this.#ids.get(name) ?? '', authoritative: name.startsWith('HR'), details: {} };
    await this.#database.write(async (transaction) => {
      const accounts = await this.#store(transaction, source.id, set);
      await (source.authoritative ? applyAuthoritative : correlateAccounts)(
        transaction,
        source,
        accounts,
        context,
        Date.now(),
      );
      const gone = await transaction.query
        .deleteFrom('account')
        .where('source_id', '=', source.id)
        .where('native_identity', 'in', [...remove, ''])
        .returning('id')
        .execute();
      await releaseIdentityOf(
        transaction,
        source,
        gone.map(({ id }) => id),
        context,
        Date.now(),
      );
    });
  }

  async #store(
    transaction: Parameters<Parameters<Database['write']>[0]>[0],
    sourceId: string,
    set: NonNullable<Step['set']>,
  ): Promise<Awaited<ReturnType<typeof addAccounts>>> {
    const known = await transaction.query
      .selectFrom('account')
      .select(['id', 'native_identity as nativeIdentity'])
      .where('source_id', '=', sourceId)
      .execute();
    const ids = new Map(known.map(({ id, nativeIdentity }) => [nativeIdentity, id]));
    const rows = Object.entries(set).map(([nativeIdentity, attributes]) => ({ nativeIdentity, attributes }));
    const added = await addAccounts(
      transaction,
      sourceId,
      rows.filter(({ nativeIdentity }) => !ids.has(nativeIdentity)),
    );
    const changed = rows.flatMap(({ nativeIdentity, attributes }) => {
      const id = ids.get(nativeIdentity);
      return id === undefined ? [] : [{ id, sourceId, nativeIdentity, name: nativeIdentity, attributes, isNew: false }];
    });
    for (const { id, attributes } of changed) {
      await transaction.query
        .updateTable('account')
        .set({ attributes: JSON.stringify(attributes) })
        .where('id', '=', id)
        .execute();
    }
    return [...added, ...changed];
  }

  /** Returns the accounts, managers and attributes of all identities, without ids. */
  async state(): Promise<unknown> {
    const ids = [...this.#ids.values()];
    const accounts = await this.#database.keyed.query
      .selectFrom('account')
      .innerJoin('source', 'source.id', 'account.source_id')
      .leftJoin('identity', 'identity.id', 'account.identity_id')
      .leftJoin('identity as manager', 'manager.id', 'identity.manager_id')
      .select([
        'source.name as source',
        'account.native_identity as nativeIdentity',
        'identity.alias',
        'identity.email',
        'identity.name',
        'identity.attributes',
        'identity.identity_status as status',
        'manager.alias as manager',
      ])
      .where('account.source_id', 'in', ids)
      .orderBy('source.name')
      .orderBy('account.native_identity')
      .execute();
    return accounts.map((row) => ({ ...row, source: row.source.replace(/^\d+ /, '') }));
  }
}

const letter = fc.constantFrom('a', 'b', 'c', 'd');
const person = fc.record(
  { userName: letter, mail: letter, manager: fc.constantFrom('a', 'b', 'c', 'd', 'one', 'two'), displayName: letter },
  { requiredKeys: ['userName'] },
);
const login = fc.record({ mail: letter, login: letter }, { requiredKeys: [] });
const rowsOf = <T>(row: fc.Arbitrary<T>, keys: readonly string[]): fc.Arbitrary<Record<string, T>> =>
  fc.dictionary(fc.constantFrom(...keys), row, { maxKeys: 3 });

const keys = ['one', 'two', 'three'];

describeStorage('identities and their accounts', (database) => {
  let number = 0;

  test('are independent of the order of loads', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          hr: rowsOf(person, keys),
          // Aliases are stable: otherwise the result would depend on when a second source is loaded.
          later: fc.dictionary(fc.constantFrom(...keys), fc.record({ mail: letter, manager: letter }), { maxKeys: 3 }),
          other: rowsOf(person, keys),
          directory: rowsOf(login, keys),
          changedDirectory: rowsOf(login, keys),
          gone: fc.subarray(keys),
          erp: rowsOf(login, keys),
        }),
        fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
        async ({ hr, later, other, directory, changedDirectory, gone, erp }, draws) => {
          const again = Object.fromEntries(
            Object.entries(later).flatMap(([key, change]) =>
              hr[key] === undefined ? [] : [[key, { ...hr[key], ...change }] as const],
            ),
          );
          const loads: Step[][] = [
            [
              { source: 'HR', set: hr },
              { source: 'HR', set: again },
            ],
            [{ source: 'HR of plant', set: other }],
            [
              { source: 'directory', set: directory },
              { source: 'directory', set: changedDirectory, remove: gone },
            ],
            [{ source: 'ERP', set: erp }],
          ];
          const states: unknown[] = [];
          for (const order of [loads.flat(), interleaved(loads, draws)]) {
            await wipe(database());
            const organisation = new Organisation(database());
            number += 1;
            await organisation.addSources(String(number), ['HR', 'HR of plant', 'directory', 'ERP']);
            for (const step of order) {
              await organisation.run(step);
            }
            states.push(await organisation.state());
          }
          expect(states[1]).toEqual(states[0]);
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);
});

describeStorage('loads of several sources at the same time', (database) => {
  test('end with the same result as consecutive loads', async () => {
    const rows = (of: (number: number) => Record<string, string>): Record<string, Record<string, string>>[] =>
      Array.from({ length: 6 }, (_, batch) =>
        Object.fromEntries(
          Array.from({ length: 30 }, (_unused, index) => [`${batch}-${index}`, of(batch * 30 + index)] as const),
        ),
      );
    const hr = rows((number) => ({ userName: `u${number}`, mail: `m${number}`, manager: `U${(number + 77) % 180}` }));
    const directory = rows((number) => ({ mail: `M${179 - number}` }));
    const organisation = new Organisation(database());
    await organisation.addSources('0', ['HR', 'directory']);
    await Promise.all([
      ...hr.map((set) => organisation.run({ source: 'HR', set })),
      ...directory.map((set) => organisation.run({ source: 'directory', set })),
    ]);
    const state = (await organisation.state()) as { source: string; alias: string | null; manager: string | null }[];
    expect(state).toHaveLength(360);
    expect(state.filter(({ alias, manager }) => alias === null || manager === null)).toEqual([]);
  });
});

/** Interleaves the loads; the steps of each load stay in order. */
function interleaved(loads: readonly (readonly Step[])[], draws: readonly number[]): Step[] {
  const waiting = loads.map((steps) => [...steps]);
  const order: Step[] = [];
  for (const draw of draws) {
    const left = waiting.filter((steps) => steps.length > 0);
    const next = left[draw % Math.max(1, left.length)]?.shift();
    if (next !== undefined) {
      order.push(next);
    }
  }
  return order;
}

async function wipe(database: Database): Promise<void> {
  await database.write(async (transaction) => {
    for (const table of ['account', 'identity', 'identity_attribute', 'account_correlation_key', 'source'] as const) {
      await transaction.query.deleteFrom(table).execute();
    }
  });
}
