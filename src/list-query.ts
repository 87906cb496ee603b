/** The parameters of a list: parsed by the API, executed by the storage. */

export type Operator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'sw' | 'co' | 'in' | 'ca' | 'isnull' | 'pr';

/** A typed value of a filter; a date is UTC milliseconds. */
export type Value = string | number | boolean;

/** A filter as a tree. `values` has one element, several for `in` and `ca`, none for `isnull` and `pr`. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'test'; readonly field: string; readonly operator: Operator; readonly values: readonly Value[] };

/** One sort key, by its name in the contract. */
export interface Sort {
  readonly field: string;
  readonly descending: boolean;
}

/** One page of a list. Rows are ordered by `sorts`, then by id. */
export interface ListQuery {
  /**
   * What the rows must match: the filter of the request, and the limits of the caller. They are one condition, so that
   * nothing can apply the filter without the limits. Add to it with `narrowed`; do not replace it.
   */
  readonly condition: Condition | undefined;
  readonly sorts: readonly Sort[];
  readonly offset: number;
  readonly limit: number;
  /** The values of the last row of the previous page, one per sort; null for a null. */
  readonly after: readonly (Value | null)[] | undefined;
  /** Whether to count all matching rows. */
  readonly count: boolean;
}

/** Returns the list with only those of its rows that also match a condition. */
export function narrowed(list: ListQuery, condition: Condition): ListQuery {
  return {
    ...list,
    condition: list.condition === undefined ? condition : { kind: 'and', conditions: [list.condition, condition] },
  };
}
