import { type TObject, Type } from 'typebox';
import { illegalValue, notServedYet } from '../errors.ts';
import type { Condition, ListQuery } from '../list-query.ts';
import type { FieldType } from './filters/values.ts';
import { parseFilter } from './filters/parse-filter.ts';
import type { Collection } from './operation.ts';
import { parseSearchAfter } from './paging.ts';
import { parseSorters } from './sorters.ts';

/** The list of an operation that has no collection: all of it, in order of id. */
export const everything: ListQuery = {
  condition: undefined,
  sorts: [],
  offset: 0,
  limit: 250,
  after: undefined,
  count: false,
};

/** The query parameters that a collection adds to its operation (contract §0, "Collections"). */
export function collectionParameters(collection: Collection): TObject['properties'] {
  return {
    offset: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 2_147_483_647,
        default: 0,
        description: 'How many of the first hits to leave out.',
      }),
    ),
    limit: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: collection.maximumLimit,
        default: collection.maximumLimit,
        description: 'How many hits to return at most.',
      }),
    ),
    count: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Whether to return the number of all hits in the header X-Total-Count.',
      }),
    ),
    ...(collection.filters === undefined
      ? {}
      : { filters: Type.Optional(Type.String({ description: filterHelp(collection) })) }),
    ...(collection.sorters === undefined
      ? {}
      : {
          sorters: Type.Optional(
            Type.String({
              description: `Comma-separated, "-" before a name for descending. Allowed: ${collection.sorters.join(', ')}.`,
            }),
          ),
        }),
    ...(collection.searchAfter === true
      ? {
          searchAfter: Type.Optional(
            Type.String({
              description: `The sort values of the last hit of the page before, comma-separated, one for each sorter; the sorters must end in ${collection.key ?? 'id'}.`,
            }),
          ),
        }
      : {}),
  };
}

function filterHelp(collection: Collection): string {
  const fields = Object.entries(collection.filters ?? {}).map(
    ([field, { operators }]) => `${field} (${operators.join(', ')})`,
  );
  return `A filter such as name sw "Adm" and not (requestable eq true). Fields and operators: ${fields.join('; ')}.`;
}

/** Parses the (already validated) list parameters. Throws 400s, and 501 for a filter that is not served yet. */
export function readListQuery(collection: Collection, query: Readonly<Record<string, unknown>>): ListQuery {
  const text = query['filters'];
  const condition =
    typeof text === 'string' && text.trim() !== '' && collection.filters !== undefined
      ? parseFilter(text, collection.filters)
      : undefined;
  refuseNotServed(condition, collection.filtersNotServed ?? []);
  const sorters = query['sorters'];
  const sorts = typeof sorters === 'string' && sorters !== '' ? parseSorters(sorters, collection.sorters ?? []) : [];
  const offset = Number(query['offset'] ?? 0);
  const searchAfter = query['searchAfter'];
  if (typeof searchAfter === 'string' && offset > 0) {
    throw illegalValue(`Parameter "offset" is ${offset}. It must be 0 or left out together with searchAfter.`);
  }
  return {
    condition,
    sorts,
    offset,
    limit: Number(query['limit'] ?? collection.maximumLimit),
    after:
      typeof searchAfter === 'string'
        ? parseSearchAfter(searchAfter, sorts, sortTypes(collection), collection.key)
        : undefined,
    count: query['count'] === true,
  };
}

function refuseNotServed(condition: Condition | undefined, fields: readonly string[]): void {
  switch (condition?.kind) {
    case 'and':
    case 'or':
      for (const part of condition.conditions) {
        refuseNotServed(part, fields);
      }
      return;
    case 'not':
      refuseNotServed(condition.condition, fields);
      return;
    case 'test':
      if (fields.includes(condition.field)) {
        throw notServedYet(`Filter field "${condition.field}" is in the contract but not served by this version.`);
      }
      return;
    default:
  }
}

/** The types of the fields that can be sorted by: those of the filters, text for the others. */
function sortTypes(collection: Collection): Record<string, { type: FieldType }> {
  const texts = Object.fromEntries((collection.sorters ?? []).map((field) => [field, { type: 'string' as const }]));
  return { ...texts, ...collection.filters };
}
