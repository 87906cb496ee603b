import { pageSize } from '../catalogue/describe.ts';
import { pageStatement, statementsPerSecond } from '../floors/statements.ts';
import { getRequest, listRequest } from '../load/requests.ts';
import { runLoad, startLoad } from '../load/run-load.ts';
import type { BenchContext, Measure, Scenario } from '../scenario.ts';
import type { Target } from '../server/target.ts';
import { inTurn } from '../statistics.ts';

/** The sort order by attribute, which is in the schema, so that every row is looked up. */
const byAttribute = `(select account_attribute_folded from source_schema
  where source_schema.source_id = entitlement.source_id and source_schema.name = entitlement.type), id`;

/** Filters that select much and sort by something else, as a client may send them; and what they do to the others. */
export const worstFilter: Scenario = {
  name: 'worst-filter',
  title: 'The worst allowed filters, 250 entitlements; get by id beside them',
  floor: 'the same SQL in process; get on the idle server',
  isPortable: true,
  budget: {
    'name sw "s", by created': { atMost: 1.5 },
    'modified range, by attribute': { atMost: 1.5 },
    'both, by attribute': { atMost: 1.5 },
    'get p99 beside': { atMost: 3 },
  },
  run: async (context) => {
    const target = await context.serve();
    const since = await middleOfModified(context, target);
    const filters = [
      {
        name: 'name sw "s", by created',
        query: { filters: 'name sw "s"', sorters: 'created' },
        condition: 'name_folded >= $1 and name_folded < $2',
        parameters: ['s', 't'],
        order: 'created, id',
      },
      {
        name: 'modified range, by attribute',
        query: { filters: `modified ge ${new Date(since).toISOString()}`, sorters: 'attribute' },
        condition: 'modified >= $1',
        parameters: [since],
        order: byAttribute,
      },
      {
        name: 'both, by attribute',
        query: { filters: `name sw "s" or modified ge ${new Date(since).toISOString()}`, sorters: 'attribute' },
        condition: '(name_folded >= $1 and name_folded < $2) or modified >= $3',
        parameters: ['s', 't', since],
        order: byAttribute,
      },
    ];
    const measures: Measure[] = [];
    for (const filter of filters) {
      measures.push(await measureFilter(context, target, filter));
    }
    measures.push(
      await measureGetBeside(
        context,
        target,
        filters.map(({ query }) => query),
      ),
    );
    await target.stop();
    return measures;
  },
};

interface Filter {
  readonly name: string;
  readonly query: Readonly<Record<string, string>>;
  readonly condition: string;
  readonly parameters: readonly unknown[];
  readonly order: string;
}

async function measureFilter(context: BenchContext, { url, api }: Target, filter: Filter): Promise<Measure> {
  const requests = [listRequest('/v2025/entitlements', { ...filter.query, limit: pageSize })];
  const database = await context.openFloor();
  const statement = pageStatement(filter.condition, filter.order, `limit ${pageSize}`);
  const { seconds } = context;
  const [measured = [], floor = []] = await inTurn(
    context.repetitions,
    async () => (await runLoad({ url, token: api.token, connections: 1, requests, seconds })).p50,
    async () =>
      database === undefined
        ? Number.NaN
        : 1000 / (await statementsPerSecond(database, seconds, statement, () => filter.parameters)),
  );
  await database?.close();
  return { name: filter.name, unit: 'ms', measured, ...(database === undefined ? {} : { floor }) };
}

async function measureGetBeside(
  context: BenchContext,
  { url, api }: Target,
  queries: readonly Readonly<Record<string, string>>[],
): Promise<Measure> {
  const lists = queries.map((query) => listRequest('/v2025/entitlements', { ...query, limit: pageSize }));
  const gets = { url, token: api.token, connections: 8, requests: context.catalogue.ids.map(getRequest), rate: 500 };
  const seconds = context.seconds;
  const [measured = [], floor = []] = await inTurn(
    context.repetitions,
    async () => {
      const beside = startLoad({ url, token: api.token, connections: 2, requests: lists, seconds: undefined });
      const { p99 } = await runLoad({ ...gets, seconds });
      beside.stop();
      await beside.result;
      return p99;
    },
    async () => (await runLoad({ ...gets, seconds })).p99,
  );
  return { name: 'get p99 beside', unit: 'ms', measured, floor, note: '500 gets/s; 2 connections send the filters' };
}

/** A time since which about half of the entitlements were modified. */
async function middleOfModified(context: BenchContext, { api }: Target): Promise<number> {
  const { path } = listRequest('/v2025/entitlements', {
    sorters: 'modified',
    limit: 1,
    offset: Math.floor(context.catalogue.total / 2),
  });
  const [middle] = await api.json<{ modified: string }[]>('GET', path);
  return Date.parse(middle?.modified ?? '');
}
