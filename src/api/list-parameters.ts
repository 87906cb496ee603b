import { type TObject, Type } from 'typebox';
import { illegalValue } from '../errors.ts';
import type { ListQuery } from '../list-query.ts';
import type { FieldType } from './filters/values.ts';
import { parseFilter } from './filters/parse-filter.ts';
import type { Collection } from './operation.ts';
import { parseSearchAfter } from './paging.ts';
import { parseSorters } from './sorters.ts';

/** The list query of an operation without a collection: all rows, ordered by id. */
export const everything: ListQuery = {
  condition: undefined,
  sorts: [],
  offset: 0,
  limit: 250,
  after: undefined,
  count: false,
};

/** Returns the query parameters that a collection adds to its operation (contract §0, "Collections"). */
export function collectionParameters(collection: Collection): TObject['properties'] {
  return {
    offset: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 2_147_483_647,
        default: 0,
        description: 'The number of results to skip.',
      }),
    ),
    limit: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: collection.maximumLimit,
        default: collection.maximumLimit,
        description: 'The maximum number of results to return.',
      }),
    ),
    count: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Whether to return the total number of results in the header X-Total-Count.',
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
              description: `Comma-separated fields, prefixed with "-" for descending order. Allowed: ${collection.sorters.join(', ')}.`,
            }),
          ),
        }),
    ...(collection.searchAfter === true
      ? {
          searchAfter: Type.Optional(
            Type.String({
              description: `The sort values of the last result of the previous page, comma-separated, one per sorter; the sorters must end in ${collection.key ?? 'id'}.`,
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

/** Parses the (already validated) list parameters. Throws 400. */
export function readListQuery(collection: Collection, query: Readonly<Record<string, unknown>>): ListQuery {
  const text = query['filters'];
  const condition =
    typeof text === 'string' && text.trim() !== '' && collection.filters !== undefined
      ? parseFilter(text, collection.filters)
      : undefined;
  const sorters = query['sorters'];
  const sorts = typeof sorters === 'string' && sorters !== '' ? parseSorters(sorters, collection.sorters ?? []) : [];
  const offset = Number(query['offset'] ?? 0);
  const searchAfter = query['searchAfter'];
  if (typeof searchAfter === 'string' && offset > 0) {
    throw illegalValue(`Parameter "offset" is ${offset}. Together with searchAfter it must be 0 or omitted.`);
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

/** Returns the types of the sort fields: those of the filter fields, string for the others. */
function sortTypes(collection: Collection): Record<string, { type: FieldType }> {
  const texts = Object.fromEntries((collection.sorters ?? []).map((field) => [field, { type: 'string' as const }]));
  return { ...texts, ...collection.filters };
}
